import type { Preset } from '../config/config.ts';
import { didYouMean } from '../config/did-you-mean.ts';
import { UsageError } from '../config/usage-error.ts';
import type { RuleDocs } from '../lint/rule.ts';
import { ruleDescriptions } from '../lint/rule-descriptions.ts';
import type { RuleFormat } from './flags.ts';
import type { Terminal } from './terminal.ts';
import { wrapMarkdown } from './wrap-markdown.ts';

/** Lists the rules. */
export function rulesCommand(format: RuleFormat, { out }: Terminal): number {
  out.write(`${listRules(format)}\n`);
  return 0;
}

function listRules(format: RuleFormat): string {
  switch (format) {
    case 'json':
      return JSON.stringify(
        ruleDescriptions.map(({ id, severity, category, strict, docs }) => ({
          id,
          severity,
          category,
          preset: presetOf(strict),
          ...docs,
        })),
        null,
        2,
      );
    case 'markdown':
      return [
        '| rule | finds | category | severity | mended by |',
        '| --- | --- | --- | --- | --- |',
        ...ruleDescriptions.map(
          ({ id, severity, category, strict, docs }) =>
            `| [${id}](docs/rules/${id}.md) | ${cell(docs.summary)} | ${category} | ${severity}${strict ? ' (strict)' : ''} | ${optionsOf(
              docs,
            )
              .map((option) => `\`${option}\``)
              .join(', ')} |`,
        ),
      ].join('\n');
    case 'text': {
      const width = Math.max(...ruleDescriptions.map(({ id }) => id.length));
      return ruleDescriptions
        .map(
          ({ id, severity, category, strict, docs }) =>
            `${id.padEnd(width)}  ${severity.padEnd(7)}  ${category.padEnd(8)}  ${(optionsOf(docs)[0] ?? '').padEnd(9)}  ${docs.summary}${strict ? ' (strict)' : ''}`,
        )
        .join('\n');
    }
  }
}

/** The options that mend findings of a rule, the safer first. */
function optionsOf({ fixing }: RuleDocs): readonly string[] {
  switch (fixing?.safe) {
    case undefined:
      return [];
    case 'yes':
      return ['--fix'];
    case 'no':
      return ['--fix=all'];
    case 'depends':
      return ['--fix', '--fix=all'];
  }
}

function presetOf(strict: true | undefined): Preset {
  return strict ? 'strict' : 'recommended';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** Tells all that is known of one rule. Throws a UsageError for an unknown one. */
export function explainCommand(id: string, { out }: Terminal): number {
  const rule = ruleDescriptions.find((each) => each.id === id);
  if (rule === undefined) {
    const ids = ruleDescriptions.map((each) => each.id);
    const advice = didYouMean(id, ids) || ` There are ${ids.join(', ')}.`;
    throw new UsageError(`There is no rule "${id}".${advice}`);
  }
  const { summary, symptom, why, fix, fixing, links, since } = rule.docs;
  const width = Math.min(out.columns ?? 100, 100);
  const sections = [
    `${rule.id} (${rule.category}, ${rule.severity}${rule.strict ? ', only in the preset strict' : ''}, since ${since})\n${summary}.`,
    ...(symptom === '' ? [] : [`What you see\n${wrapMarkdown(symptom, width)}`]),
    ...(why === '' ? [] : [`Why\n${wrapMarkdown(why, width)}`]),
    ...(fix === '' ? [] : [`What to do\n${wrapMarkdown(fix, width)}`]),
    ...(fixing === undefined
      ? []
      : [
          `What ${optionsOf(rule.docs).join(' and ')} ${fixing.safe === 'depends' ? 'do' : 'does'}\n${wrapMarkdown(fixing.how, width)}`,
        ]),
    ...(links.length === 0 ? [] : [`More\n${links.map((link) => `  ${link}`).join('\n')}`]),
  ];
  out.write(`${sections.join('\n\n')}\n`);
  return 0;
}

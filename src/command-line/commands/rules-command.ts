import type { Preset } from '../../config/config.ts';
import type { RuleDocs } from '../../lint/rule.ts';
import type { RuleDescription } from '../../lint/rule-description.ts';
import { ruleDescriptions } from '../../lint/rule-descriptions.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { UsageError } from '../../usage-error.ts';
import type { RuleFormat } from '../flags.ts';
import { wrapMarkdown } from '../output/wrap-markdown.ts';
import type { Terminal } from '../terminal.ts';

/** Lists the rules. */
export function rulesCommand(format: RuleFormat, { out }: Terminal): number {
  out.write(`${listRules(format)}\n`);
  return 0;
}

function listRules(format: RuleFormat): string {
  switch (format) {
    case 'json':
      return JSON.stringify(ruleDescriptions.map(describeRule), null, 2);
    case 'markdown':
      return [
        '| rule | finds | category | severity | fixed by |',
        '| --- | --- | --- | --- | --- |',
        ...ruleDescriptions.map(writeRow),
      ].join('\n');
    case 'text': {
      const width = Math.max(...ruleDescriptions.map(({ id }) => id.length));
      return ruleDescriptions.map((rule) => writeLine(rule, width)).join('\n');
    }
  }
}

function describeRule({ id, severity, category, strict, docs }: RuleDescription): object {
  const preset: Preset = strict ? 'strict' : 'recommended';
  return { id, severity, category, preset, ...docs };
}

function writeRow({ id, severity, category, strict, docs }: RuleDescription): string {
  const options = optionsOf(docs).map((option) => `\`${option}\``);
  const cells = [
    `[${id}](docs/rules/${id}.md)`,
    docs.summary.replaceAll('|', '\\|').replaceAll('\n', ' '),
    category,
    `${severity}${strict ? ' (strict)' : ''}`,
    options.join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}

function writeLine({ id, severity, category, strict, docs }: RuleDescription, width: number): string {
  const [option = ''] = optionsOf(docs);
  const columns = [id.padEnd(width), severity.padEnd(7), category.padEnd(8), option.padEnd(9)];
  return `${columns.join('  ')}  ${docs.summary}${strict ? ' (strict)' : ''}`;
}

/** The options that fix findings of a rule, the safer one first. */
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

/** Prints the documentation of one rule. Throws a UsageError for an unknown one. */
export function explainCommand(id: string, { out }: Terminal): number {
  const rule = ruleDescriptions.find((each) => each.id === id);
  if (rule === undefined) {
    const ids = ruleDescriptions.map((each) => each.id);
    const advice = didYouMean(id, ids) || ' `migrate-lint rules` lists them.';
    throw new UsageError(`There is no rule "${id}".${advice}`);
  }
  const { summary, symptom, why, fix, fixing, links, since } = rule.docs;
  const width = Math.min(out.columns ?? 100, 100);
  const fixHeading = `What ${optionsOf(rule.docs).join(' and ')} ${fixing?.safe === 'depends' ? 'do' : 'does'}`;
  const sections = [
    ['What you see', symptom],
    ['Why', why],
    ['What to do', fix],
    [fixHeading, fixing?.how ?? ''],
  ].flatMap(([heading = '', text = '']) => (text === '' ? [] : `${heading}\n${wrapMarkdown(text, width)}`));
  const head = `${rule.id} (${rule.category}, ${rule.severity}${rule.strict ? ', only in the preset strict' : ''}, since ${since})\n${summary}.`;
  const more = links.length === 0 ? [] : [`More\n${links.map((link) => `  ${link}`).join('\n')}`];
  out.write(`${[head, ...sections, ...more].join('\n\n')}\n`);
  return 0;
}

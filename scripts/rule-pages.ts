import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Category, categories, type Fixing } from '../src/lint/rule.ts';
import type { RuleDescription } from '../src/lint/rule-description.ts';
import { engineRules, rules } from '../src/rules/index.ts';
import { diffLines } from './diff-lines.ts';

/** The pages of docs/rules by file name: one for each rule, from its docs and fixtures, and an index. */
export function makeRulePages(fixtures: string): ReadonlyMap<string, string> {
  const all = [...rules, ...engineRules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const pages = all.map((rule) => [`${rule.id}.md`, makePage(rule, join(fixtures, rule.id))] as const);
  return new Map([['README.md', makeIndex(all)], ...pages]);
}

const notice = '<!-- Made from the rule and its fixtures by `npm run docs`: change those instead. -->';

/** The rules by category. */
function makeIndex(all: readonly RuleDescription[]): string {
  const sections = categories.map((category) => {
    const rows = all
      .filter((rule) => rule.category === category)
      .map(
        ({ id, severity, strict, docs }) =>
          `| [\`${id}\`](${id}.md) | ${docs.summary} | ${severity}${strict ? ' (strict)' : ''} | ${docs.fixing ? fixOptions[docs.fixing.safe] : ''} |`,
      );
    const head = '| Rule | What is wrong | Severity | Fixed by |\n| --- | --- | --- | --- |';
    return `## ${categoryTitles[category]}\n\n${head}\n${rows.join('\n')}\n`;
  });
  return `${notice}\n\n# Rules\n\n${sections.join('\n')}`;
}

const categoryTitles: Readonly<Record<Category, string>> = {
  job: 'The migration Job',
  wait: 'Waiting for the Job',
  service: 'The service, its database and its images',
  tree: 'The kustomize tree',
  flux: 'Flux',
  delivery: 'Pipelines and Dockerfiles',
  engine: 'The build and the linter itself',
};

const fixOptions: Readonly<Record<Fixing['safe'], string>> = {
  yes: '`--fix`',
  no: '`--fix=all`',
  depends: '`--fix`, `--fix=all`',
};

function makePage({ id, severity, category, strict, docs }: RuleDescription, fixtures: string): string {
  const sections = [
    notice,
    `# ${id}`,
    `${docs.summary}.`,
    `Category: ${category}. Severity: ${severity}.${strict ? ' Only in the preset `strict`.' : ''} Since ${docs.since}.`,
    `## What you see\n\n${docs.symptom}`,
    `## Why\n\n${docs.why}`,
    `## What to do\n\n${docs.fix}`,
    ...describeFixing(docs.fixing),
    ...makeExample(fixtures),
    ...(docs.links.length > 0 ? [`## More\n\n${docs.links.map((link) => `- <${link}>`).join('\n')}`] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

const commands: Record<Fixing['safe'], string> = {
  yes: '`migrate-lint --fix` fixes it.',
  no: '`migrate-lint --fix=all` fixes it.',
  depends: '`migrate-lint --fix` fixes it where that is safe, `--fix=all` elsewhere.',
};

function describeFixing(fixing: Fixing | undefined): string[] {
  return fixing === undefined ? [] : [`## Fix\n\n${commands[fixing.safe]} ${fixing.how}`];
}

/** The findings in the fixture `bad`, and the diff to `good`. */
function makeExample(folder: string): string[] {
  if (!existsSync(join(folder, 'bad'))) return [];
  const [bad, good] = [readTree(join(folder, 'bad')), readTree(join(folder, 'good'))];
  const found = bad.get('expected.txt') ?? '';
  const names = [...new Set([...bad.keys(), ...good.keys()])].filter((name) => name !== 'expected.txt').sort();
  const changes = names.flatMap((name) => {
    const diff = diffLines(bad.get(name) ?? '', good.get(name) ?? '');
    return diff === '' ? [] : [`--- ${name}\n+++ ${name}\n${diff}`];
  });
  return [
    '## Example',
    `In a tree like [this](../../fixtures/rules/${folder.split(/[\\/]/).at(-1)}/bad) the rules find:`,
    `\`\`\`text\n${found}\`\`\``,
    'With this change they find nothing:',
    `\`\`\`diff\n${changes.join('')}\`\`\``,
  ];
}

function readTree(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.startsWith(join(folder, 'fixed')),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return new Map(paths.map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]));
}

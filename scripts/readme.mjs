// Keeps the outputs in README.md equal to what the command prints.
//   node scripts/readme.mjs           updates the blocks
//   node scripts/readme.mjs --check   exits 1 if one is out of date
// A block is between `<!-- output: ARGUMENTS -->` and `<!-- end -->`. Its text is what `migrate-lint ARGUMENTS` prints, in a
// fence, or unchanged if it is Markdown. `<!-- output: ARGUMENTS; only RULE -->` shows only that rule's finding and the
// summary of a long report, or, with several rules, only their rows of a table.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = `${root}README.md`;
const block = /(<!-- output: (.+?)(?:; only (.+?))? -->\n)[\s\S]*?(<!-- end -->)/g;

function run(args) {
  const { stdout, stderr, error } = spawnSync(process.execPath, ['dist/cli.cjs', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NO_COLOR: '1' },
  });
  if (error) throw error;
  if (stderr) throw new Error(`migrate-lint ${args.join(' ')}: ${stderr}`);
  return stdout.trimEnd();
}

/** The finding of one rule and the summary, with dots for everything else. */
function shorten(report, rule) {
  if (rule === undefined) return report;
  const paragraphs = report.split(/\n\n(?=\S)/);
  const finding = paragraphs.findIndex((text) => text.includes(`[${rule}]: `));
  if (finding < 0) throw new Error(`no finding of ${rule} in the report`);
  return [...(finding > 0 ? ['...'] : []), paragraphs[finding], '...', paragraphs.at(-1)].join('\n\n');
}

/** The rows of a Markdown table for some rules, in this order. */
function selectRows(table, rules) {
  const [head, line, ...rows] = table.split('\n');
  const selected = rules.map((rule) => {
    const row = rows.find((each) => each.startsWith(`| [${rule}]`));
    if (row === undefined) throw new Error(`no row of ${rule} in the table`);
    return row;
  });
  return [head, line, ...selected].join('\n');
}

const before = readFileSync(readme, 'utf8');
const after = before.replace(block, (_, open, line, only, close) => {
  const args = line.split(' ');
  const output = run(args);
  const text = args.includes('markdown')
    ? selectRows(output, only.split(' '))
    : `\`\`\`console\n$ npx migrate-lint ${line}\n${shorten(output, only)}\n\`\`\``;
  return `${open}${text}\n${close}`;
});

if (!process.argv.includes('--check')) writeFileSync(readme, after);
else if (before !== after) {
  console.error('README.md shows output that the command does not print. Run: node scripts/readme.mjs');
  process.exitCode = 1;
}

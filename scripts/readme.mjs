// Keeps the outputs in README.md equal to what the command prints.
//   node scripts/readme.mjs           updates the blocks
//   node scripts/readme.mjs --check   exits 1 if one is out of date
// A block is between `<!-- output: ARGUMENTS -->` and `<!-- end -->`. Its text is what `migrate-lint ARGUMENTS` prints, in a
// fence, or unchanged if it is Markdown. `<!-- output: ARGUMENTS; only RULE -->` shows only that rule's finding and the
// summary of a long report.
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

const before = readFileSync(readme, 'utf8');
const after = before.replace(block, (_, open, line, rule, close) => {
  const args = line.split(' ');
  const text = shorten(run(args), rule);
  return `${open}${args.includes('markdown') ? text : `\`\`\`console\n$ npx migrate-lint ${line}\n${text}\n\`\`\``}\n${close}`;
});

if (!process.argv.includes('--check')) writeFileSync(readme, after);
else if (before !== after) {
  console.error('README.md shows output that the command does not print. Run: node scripts/readme.mjs');
  process.exitCode = 1;
}

// npm run bench -- [--quick] [PART...]: compares the bundled command with kubectl, if there is one ($KUBECTL or on the PATH).
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureInTurn, measureMemory, measureOnce } from './measure.mjs';
import { heavyRoot, largeRoot, monorepo, writeTree } from './trees.mjs';

const top = fileURLToPath(new URL('..', import.meta.url));
const cli = join(top, 'dist/cli.cjs');
const node = process.execPath;
const isQuick = process.argv.includes('--quick');
const parts = {
  small: measureSmallTree,
  monorepo: measureMonorepo,
  growth: measureGrowth,
  'growth-of-root': measureGrowthOfRoot,
  large: () => measureRoot('5,000 resources, 200 replacements', 'large', largeRoot(5000, 200)),
  heavy: () => measureRoot('a result of 12 MB', 'heavy', heavyRoot(12e6)),
};
const runs = isQuick ? 3 : 7;
const kubectl = findKubectl();
const folder = mkdtempSync(join(tmpdir(), 'migrate-lint-bench-'));

try {
  print('what', 'wall', 'CPU', 'comparison');
  const named = Object.keys(parts).filter((part) => process.argv.includes(part));
  for (const part of named.length > 0 ? named : Object.keys(parts)) parts[part]();
} finally {
  rmSync(folder, { recursive: true });
}

function findKubectl() {
  const command = process.env.KUBECTL ?? 'kubectl';
  return spawnSync(command, ['version', '--client']).status === 0 ? command : undefined;
}

function measureSmallTree() {
  const repository = join(folder, 'small');
  cpSync(join(top, 'examples/correct'), repository, { recursive: true });
  mkdirSync(join(repository, '.git'));
  const tree = join(repository, 'overlays/production');
  const [empty, lint, other] = measureInTurn(
    [[node, '-e', '0'], [node, cli, tree], ...(kubectl ? [[kubectl, 'kustomize', tree]] : [])],
    isQuick ? 7 : 25,
  );
  print('node -e 0', ...times(empty));
  print('one small tree', ...times(lint), `${ratio(lint.wall, empty.wall)} x node -e 0`);
  if (other) print('kubectl kustomize of it', ...times(other), `${ratio(other.wall, lint.wall)} x migrate-lint`);
}

function measureMonorepo() {
  const tree = write('monorepo', monorepo(200));
  const roots = Array.from({ length: 8 }, (_, i) => join(tree, `services/svc-${i * 20}/overlays/staging`));
  const [lint, parse] = measureInTurn([lintOf(tree), [node, join(top, 'bench/parse-with-yaml.mjs'), tree]], runs);
  const memory = measureMemory([cli, tree, '--no-config']);
  print('1,000 roots', ...times(lint), `${memory.toFixed(0)} MB`);
  print('their bytes with `yaml`', ...times(parse), `${ratio(parse.cpu, lint.cpu)} x the CPU of migrate-lint`);
  if (!kubectl) return;
  const each = measureInTurn(
    roots.map((root) => [kubectl, 'kustomize', root]),
    1,
  );
  const mean = (of) => each.reduce((sum, sample) => sum + of(sample), 0) / each.length;
  const all = { wall: 1000 * mean(({ wall }) => wall), cpu: 1000 * mean(({ cpu }) => cpu) };
  print('kubectl kustomize, 1,000 x', ...times(all), `${ratio(all.wall, lint.wall)} x migrate-lint (from 8 roots)`);
}

function measureGrowth() {
  const sizes = [50, 100, 200, 400];
  const commands = sizes.map((services) => lintOf(write(`growth-${services}`, monorepo(services))));
  printGrowth(
    sizes.map((services) => services * 5),
    'roots',
    commands,
  );
}

function measureGrowthOfRoot() {
  const sizes = [1250, 2500, 3750, 5000];
  const commands = sizes.map((count) => lintOf(write(`growth-of-root-${count}`, largeRoot(count, count / 25))));
  printGrowth(sizes, 'resources in one root', commands);
}

/** Prints how far each size is from the straight line that fits all: a fixed cost for the start, and a constant cost per item. */
function printGrowth(sizes, what, commands) {
  const measured = measureInTurn(commands, isQuick ? 1 : 3);
  const line = straightLine(
    sizes,
    measured.map(({ cpu }) => cpu),
  );
  measured.forEach((sample, i) => {
    const off = (sample.cpu / line(sizes[i]) - 1) * 100;
    print(`${sizes[i]} ${what}`, ...times(sample), `${off < 0 ? '' : '+'}${off.toFixed(0)} % off a straight line`);
  });
}

/** The least-squares line, as a function. */
function straightLine(xs, ys) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x0, y0] = [mean(xs), mean(ys)];
  const slope = mean(xs.map((x, i) => (x - x0) * (ys[i] - y0))) / mean(xs.map((x) => (x - x0) ** 2));
  return (x) => y0 + slope * (x - x0);
}

function measureRoot(what, name, files) {
  const tree = write(name, files);
  const [lint, build] = measureInTurn([lintOf(tree), [node, cli, 'build', tree]], isQuick ? 1 : 3);
  print(what, ...times(lint));
  print('build of it', ...times(build));
  if (!kubectl) return;
  const other = measureOnce([kubectl, 'kustomize', tree]);
  const more = other.isTimeout ? 'more than ' : '';
  print('kubectl kustomize of it', ...times(other), `${more}${ratio(other.wall, build.wall)} x migrate-lint build`);
}

function write(name, files) {
  writeTree(join(folder, name), files);
  return join(folder, name);
}

function lintOf(tree) {
  return [node, cli, tree, '--no-config'];
}

/** Formats times; those of a command that was stopped by the timeout are lower bounds. */
function times({ wall, cpu, isTimeout }) {
  const least = isTimeout ? '> ' : '';
  return [`${least}${wall.toFixed(0)} ms`, `${least}${cpu.toFixed(0)} ms`];
}

function ratio(a, b) {
  return (a / b).toFixed(1);
}

function print(what, wall, cpu, comparison = '') {
  console.log(`| ${what.padEnd(36)} | ${wall.padStart(9)} | ${cpu.padStart(9)} | ${comparison.padEnd(40)} |`);
  if (what === 'what') console.log(`| ${'-'.repeat(36)} | ${'-'.repeat(8)}: | ${'-'.repeat(8)}: | ${'-'.repeat(40)} |`);
}

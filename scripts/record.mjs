// Records the output of the real kustomize for the trees in fixtures/build: `npm run record [CASE…]`.
//
// Each case's tree is in `input`. It builds `input/overlay` if that exists, else `input` itself, and writes `expected.yaml`
// (one for each version if they differ), or `refused.txt` with the reasons if kustomize refuses the tree.
// KUSTOMIZE_57, KUSTOMIZE_58 and KUSTOMIZE_582 name the programs; otherwise they are found on the PATH: a kustomize (v5.7.1,
// v5.8.1, v5.8.2) or a kubectl that contains it (v1.35, v1.36). test/kustomize/fixtures.test.ts checks the recorded output with nothing but
// Node.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), '..', 'fixtures', 'build');
const programs = {
  5.7: process.env['KUSTOMIZE_57'] ?? findOnPath(String.raw`v5\.7\.\d+`),
  5.8: process.env['KUSTOMIZE_58'] ?? findOnPath(String.raw`v5\.8\.[01]`),
  '5.8.2': process.env['KUSTOMIZE_582'] ?? findOnPath(String.raw`v5\.8\.[23]`),
};

for (const [version, program] of Object.entries(programs)) {
  if (program === undefined) {
    console.error(
      `record: set KUSTOMIZE_${version.replaceAll('.', '')} to a kustomize ${version} or a kubectl that holds it`,
    );
    process.exit(2);
  }
}

/** The program on the PATH whose kustomize version matches a pattern. */
function findOnPath(version) {
  const asked = { kustomize: ['version'], kubectl: ['version', '--client'] };
  return Object.keys(asked).find((program) => {
    const { stdout } = spawnSync(program, asked[program], { encoding: 'utf8' });
    return new RegExp(`(^|Kustomize Version: )${version}$`, 'm').test(stdout ?? '');
  });
}

/** Builds a folder with the real kustomize; returns its output, or why it refuses. */
function build(program, directory) {
  const command = basename(program).startsWith('kubectl') ? 'kustomize' : 'build';
  const { status, stdout, stderr } = spawnSync(program, [command, directory], { encoding: 'utf8' });
  if (status === 0) return { text: stdout };
  const reason = stderr
    .split('\n')
    .filter((line) => !line.startsWith('# Warning'))
    .join('\n')
    .replaceAll(dirname(directory), '…')
    // Memory addresses differ between runs.
    .replaceAll(/0x[0-9a-f]{6,}/g, '0x…')
    .trim();
  return { reason };
}

function record(name) {
  const folder = join(fixtures, name);
  const overlay = join(folder, 'input', 'overlay');
  const directory = existsSync(overlay) ? overlay : join(folder, 'input');
  const written = Object.keys(programs).map((version) => `expected-${version}.yaml`);
  for (const file of ['expected.yaml', 'refused.txt', ...written]) rmSync(join(folder, file), { force: true });
  const results = Object.entries(programs).map(([version, program]) => ({ version, ...build(program, directory) }));
  const refusals = results.filter(({ reason }) => reason !== undefined);
  if (refusals.length > 0) {
    const lines = refusals.map(({ version, reason }) => `${version}: ${reason}\n`);
    writeFileSync(join(folder, 'refused.txt'), lines.join(''));
  }
  const built = results.filter(({ text }) => text !== undefined);
  const same = built.length === results.length && built.every(({ text }) => text === built[0]?.text);
  if (same) writeFileSync(join(folder, 'expected.yaml'), built[0]?.text ?? '');
  else for (const { version, text } of built) writeFileSync(join(folder, `expected-${version}.yaml`), text);
  console.log(`${name}: ${refusals.length > 0 ? 'refused' : same ? 'built' : 'built, and the versions differ'}`);
}

const chosen = process.argv.slice(2);
for (const name of chosen.length > 0 ? chosen : readdirSync(fixtures).sort()) record(name);

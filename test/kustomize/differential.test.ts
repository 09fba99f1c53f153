import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildRoot } from '../../src/kustomize/build.ts';
import { type Dialect, dialects } from '../../src/kustomize/dialect.ts';
import { printBuild } from '../../src/kustomize/print-build.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { type MutatedTree, mutatedTree, readTree } from '../hardening/mutated-tree.ts';
import { buildWithReal, findRealKustomize } from '../scaffold/real-kustomize.ts';
import { enter, temporaryFolder } from '../support/disk.ts';

// `DIFFERENTIAL_RUNS=2000 FC_SEED=random` looks further: a tree takes the real one about a fifth of a second.
const numRuns = Number(process.env['DIFFERENTIAL_RUNS'] ?? 40);

const fixtures = fileURLToPath(new URL('../../fixtures/build', import.meta.url));

/** A fixture with some of its lines or files changed, and the folder in it that is built. */
const changedFixture = fc.constantFrom(...readdirSync(fixtures)).chain((name) => {
  const input = join(fixtures, name, 'input');
  const built = existsSync(join(input, 'overlay')) ? 'overlay' : '.';
  return fc.record({ built: fc.constant(built), tree: mutatedTree(readTree(input)) });
});

/** Writes a tree, with its links, into a folder of its own. */
function writeTree(tree: MutatedTree): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (typeof content === 'object' && 'link' in content) symlinkSync(join(folder, content.link), join(folder, path));
    else writeFileSync(join(folder, path), content);
  }
  return folder;
}

function buildOurs(folder: string, dialect: Dialect): string {
  const { text, problems } = printBuild(buildRoot(enter(folder), { dialect }, new SourceCache()));
  return problems.length > 0 ? 'refused' : text;
}

function buildReal(program: string, folder: string): string {
  try {
    return buildWithReal(program, folder);
  } catch {
    return 'refused';
  }
}

for (const dialect of dialects) {
  const program = findRealKustomize(dialect);
  const missing = program === undefined ? ` (no kustomize ${dialect} on the PATH)` : '';
  const title = `changed fixtures build as with the real kustomize ${dialect}${missing}`;
  const compare = (): void => {
    fc.assert(
      fc.property(changedFixture, ({ built, tree }) => {
        const folder = join(writeTree(tree), built);
        // A change may have renamed the only file in it.
        mkdirSync(folder, { recursive: true });
        expect(buildOurs(folder, dialect)).toBe(buildReal(program ?? '', folder));
      }),
      { numRuns },
    );
  };
  test.skipIf(program === undefined)(title, compare, numRuns * 2000);
}

import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listFixtures } from '../rules/fixture.ts';
import { readFolder } from '../support/disk.ts';
import { lintFiles } from '../support/lint-files.ts';
import type { Equivalence, Files } from './equivalence.ts';
import { layouts } from './layouts.ts';
import { fields } from './objects.ts';
import { spellings } from './spellings.ts';

/**
 * The trees of the rules' fixtures that hold manifests and kustomizations alone: what stands around a tree names its
 * files. Nor those that are about objects in one file, or about how a value is spelt.
 */
const trees = listFixtures().flatMap(({ rule, name, folder }) => {
  const files = readFolder(folder);
  for (const path of files.keys()) if (/^fixed\/|^expected\.txt$/.test(path)) files.delete(path);
  const isAlone = [...files.keys()].every((path) => /\.ya?ml$/.test(path) && !/^\.|skaffold|migrate-lint/.test(path));
  const isSpelling = rule === 'value-unquoted' || name.endsWith('-in-one-file');
  return isAlone && !isSpelling ? [{ name: join(rule, name), files }] : [];
});

/** How many trees each equivalence is tried on: enough to meet most rules, in a few seconds. */
const most = Number(process.env['EQUIVALENCE_TREES'] ?? 8);

const known = new Map<Files, Promise<string[]>>();

async function lint(
  files: Files,
  { normalize = (text) => text }: Pick<Equivalence, 'normalize'> = {},
): Promise<string[]> {
  const { findings } = await lintFiles(files);
  return findings
    .map(({ rule, severity, message, hint = '' }) => normalize(`${severity} ${rule} ${message} ${hint}`))
    .sort();
}

/** The findings of a tree as it is, which several equivalences ask for. */
async function lintOnce(files: Files): Promise<string[]> {
  const found = known.get(files) ?? lint(files);
  known.set(files, found);
  return found;
}

describe.each([
  ['spelling', spellings],
  ['layout', layouts],
  ['fields', fields],
] as const)('%s', (_, equivalences) => {
  test.each(equivalences)('$name', async (equivalence) => {
    const { rewrite, normalize = (text: string) => text } = equivalence;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...trees), async ({ name, files }) => {
        const after = rewrite(files);
        fc.pre(after !== undefined);
        const found = (await lintOnce(files)).map(normalize).sort();
        // What is said of a file that is not there names those beside it.
        fc.pre(!found.some((finding) => finding.startsWith('error build-error')));
        expect([name, await lint(after, equivalence)]).toEqual([name, found]);
      }),
      { numRuns: most },
    );
  });
});

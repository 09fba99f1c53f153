import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EarlierRun } from '../../src/earlier-run.ts';
import { toJsonReport } from '../../src/report/json.ts';
import { type Linted, runWithBuilds } from '../../src/run.ts';
import { readFolder } from '../support/disk.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

const top = join(import.meta.dirname, '../..');

/** The text files below a folder, by their paths in a repository at /w. */
function readTree(folder: string): Record<string, string> {
  const atTop = [...readFolder(join(top, folder))].map(([path, text]) => [`/w/${path}`, text]);
  return { '/w/.git/HEAD': '', ...Object.fromEntries(atTop) };
}

function lint(files: Record<string, string>, earlier?: EarlierRun): Promise<Linted> {
  return runWithBuilds(['.'], '/w', { preset: 'strict' }, memoryFileSystem(files), { earlier });
}

function describeResult({ result }: Linted): unknown {
  return toJsonReport(result, { base: '/w', version: '0' });
}

/** Edits that bear on some builds: a name, a number, a comment that moves lines, and a text that cannot be read. */
const edits: readonly ((text: string) => string)[] = [
  (text) => text.replace(/name: (\S+)$/m, 'name: $1x'),
  (text) => text.replace(/: (\d+)$/m, ': 7'),
  (text) => `# moved\n${text}`,
  (text) => `${text}\n\t- {`,
];

describe.each(['examples/correct', 'examples/faulty', 'test/catalogue/repository', 'test/catalogue/flux'])(
  '%s',
  (folder) => {
    const original = readTree(folder);

    test.each(Object.keys(original).filter((path) => /\.ya?ml$|Dockerfile/.test(path)))(
      'a run that follows on a change of %s finds what one from the start does',
      async (path) => {
        let files = original;
        let linted = await lint(files);
        for (const edit of [...edits, () => original[path] ?? '']) {
          files = { ...original, [path]: edit(original[path] ?? '') };
          linted = await lint(files, { ...linted.memory, changed: new Set([path]) });
          expect(describeResult(linted)).toEqual(describeResult(await lint(files)));
        }
      },
    );
  },
);

test('only the roots that read a changed file are built anew', async () => {
  const original = readTree('examples/correct');
  const before = await lint(original);
  const path = '/w/overlays/staging/config.yaml';
  const files = { ...original, [path]: (original[path] ?? '').replace('staging', 'other') };
  const after = await lint(files, { ...before.memory, changed: new Set([path]) });
  const same = [...after.memory.built].map(([root, built]) => [root, built === before.memory.built.get(root)]);
  expect(Object.fromEntries(same)).toEqual({ '/w/overlays/production': true, '/w/overlays/staging': false });
});

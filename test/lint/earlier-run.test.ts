import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFolder } from '../support/disk.ts';
import { placeFiles } from '../support/memory-file-system.ts';
import { describeRun, lintAfter } from './following-run.ts';

const top = join(import.meta.dirname, '../..');

/** The text files below a folder, by their paths in a repository at /w. */
function readTree(folder: string): Record<string, string> {
  return { '/w/.git/HEAD': '', ...placeFiles('/w', readFolder(join(top, folder))) };
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
        let linted = await lintAfter(files);
        for (const edit of [...edits, () => original[path] ?? '']) {
          files = { ...original, [path]: edit(original[path] ?? '') };
          linted = await lintAfter(files, { ...linted.memory, changed: new Set([path]) });
          expect(describeRun(linted)).toEqual(describeRun(await lintAfter(files)));
        }
      },
    );
  },
);

test('only the roots that read a changed file are rebuilt', async () => {
  const original = readTree('examples/correct');
  const before = await lintAfter(original);
  const path = '/w/overlays/staging/config.yaml';
  const files = { ...original, [path]: (original[path] ?? '').replace('staging', 'other') };
  const after = await lintAfter(files, { ...before.memory, changed: new Set([path]) });
  const same = [...after.memory.built].map(([root, built]) => [root, built === before.memory.built.get(root)]);
  expect(Object.fromEntries(same)).toEqual({ '/w/overlays/production': true, '/w/overlays/staging': false });
});

import { posix } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oncePer } from '../../src/collections/once.ts';
import type { RunContext } from '../../src/read-trees.ts';
import { type Linted, runWithBuilds } from '../../src/run.ts';
import type { FileSystem } from '../../src/source/files/file-system.ts';
import { InputPaths } from '../../src/watch/input-paths.ts';
import { cleanRepository } from '../catalogue/tree.ts';
import { describeRun } from '../lint/following-run.ts';
import { type MemoryFile, memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';

type Files = Readonly<Record<string, MemoryFile>>;

/** The given folder is a part of a repository, whose pipelines, packages and scripts count as well. */
const original: Files = {
  ...placeFiles('/w', cleanRepository()),
  '/w/k8s/README.md': '# What is given is never gone.\n',
  '/w/k8s/base/extra/kustomization.yaml':
    'resources: [config.yaml]\nconfigMapGenerator: [{name: image, files: [x.png]}]\n',
  '/w/k8s/base/extra/config.yaml': { link: 'settings/config.yaml' },
  '/w/k8s/base/extra/x.png': new Uint8Array([1, 255, 0]),
  '/w/k8s/base/extra/settings/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\ndata: {A: x}\n',
};

function lint(files: Files, context: RunContext = {}): Promise<Linted> {
  return runWithBuilds(['k8s'], '/w', { preset: 'strict' }, memoryFileSystem(files), context);
}

/** What happens to a file, made by a number that picks another one. */
type Step = (files: Files, path: string, other: string) => Files;

const steps: readonly Step[] = [
  (files, path) => ({ ...files, [path]: `${textOf(files[path])}\n# edited\n` }),
  (files, path) => ({ ...files, [path]: textOf(files[path]).replace(/: \d+/, ': 7') }),
  (files, path) => ({ ...files, [path]: new Uint8Array([7, 255, 0]) }),
  (files, path) => ({ ...files, [path]: new Uint8Array([8, 255, 0]) }),
  (files, path) => withoutFiles(files, (each) => each === path),
  (files, path) => withoutFiles(files, (each) => each.startsWith(`${posix.dirname(path)}/`) && !isKept(each)),
  (files, path, other) => ({ ...files, [path]: files[other] ?? '' }),
  (files, path, other) => ({ ...files, [path]: { link: other } }),
  (files, path, other) => ({
    ...files,
    [posix.join(posix.dirname(other), `new-${posix.basename(path)}`)]: files[path] ?? '',
  }),
  (files, path, other) => ({
    ...files,
    [posix.join(posix.dirname(other), 'sub', posix.basename(path))]: files[path] ?? '',
  }),
  (files, path) => ({ ...files, [path]: original[path] ?? '' }),
];

function isKept(path: string): boolean {
  return /\.git\/|README/.test(path);
}

function textOf(file: MemoryFile | undefined): string {
  return typeof file === 'string' ? file : '';
}

function withoutFiles(files: Files, isLeftOut: (path: string) => boolean): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !isLeftOut(path)));
}

/** All paths at which something has come, gone or changed, folders too. */
function differences(before: Files, after: Files): string[] {
  const folders = (files: Files) => new Set(Object.keys(files).flatMap(foldersAbove));
  const [old, now] = [folders(before), folders(after)];
  const touched = [...old, ...now].filter((folder) => old.has(folder) !== now.has(folder));
  const paths = [...Object.keys(before), ...Object.keys(after)];
  return [...new Set([...touched, ...paths.filter((path) => before[path] !== after[path])])];
}

function foldersAbove(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === path ? [] : [folder, ...foldersAbove(folder)];
}

/** The files as they are whenever somebody asks. */
function changingDisk(files: () => Files): FileSystem {
  const systemOf = oncePer(memoryFileSystem);
  const now = () => systemOf(files());
  return {
    readFile: (path) => now().readFile(path),
    stat: (path) => now().stat(path),
    listDirectory: (path) => now().listDirectory(path),
    realPath: (path) => now().realPath(path),
  };
}

const choice = fc.record({ step: fc.nat(steps.length - 1), file: fc.nat(), other: fc.nat() });
const sequence = fc.array(fc.array(choice, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });

test('after any change, a run that follows the watched folders finds the same as a fresh run', async () => {
  const paths = Object.keys(original).filter((path) => !isKept(path));
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(sequence, async (rounds) => {
      let files = original;
      const disk = changingDisk(() => files);
      let linted = await lint(files);
      let inputs = new InputPaths(disk);
      inputs.add(linted.memory);
      for (const round of rounds) {
        const before = files;
        for (const { step, file, other } of round) {
          const [path = '', another = ''] = [paths[file % paths.length], paths[other % paths.length]];
          files = steps[step]?.(files, path, another) ?? files;
        }
        const watched = (path: string) => inputs.folders.has(posix.dirname(path)) && inputs.isRelevant(path);
        const relevant = inputs.selectRelevant(differences(before, files).filter(watched));
        if (relevant !== undefined) {
          linted = await lint(files, { earlier: { ...linted.memory, ...relevant } });
          if (relevant.isStructural) inputs = new InputPaths(disk);
          inputs.add(linted.memory);
        }
        seen.add(String(relevant?.isStructural));
        expect(describeRun(linted)).toEqual(describeRun(await lint(files)));
      }
    }),
    { numRuns: 30, endOnFailure: true },
  );
  expect([...seen].sort()).toEqual(['false', 'true', 'undefined']);
});

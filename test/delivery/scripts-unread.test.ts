import { expect, test } from 'vitest';
import { run } from '../../src/run.ts';
import { cleanRepository } from '../catalogue/tree.ts';
import { memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';

/** The scripts of a repository that are read to lint its tree. */
async function scriptsRead(files: Readonly<Record<string, string>>): Promise<string[]> {
  const fileSystem = memoryFileSystem(placeFiles('/w', { ...files, 'scripts/deploy.sh': 'kubectl apply -k k8s\n' }));
  const read: string[] = [];
  const noting = {
    ...fileSystem,
    readFile(path: string) {
      read.push(path);
      return fileSystem.readFile(path);
    },
  };
  await run(['k8s'], '/w', {}, noting);
  return read.filter((path) => path.endsWith('.sh'));
}

const clean = Object.fromEntries(cleanRepository());

test('a clean tree is linted without searching the repository for scripts', async () => {
  expect(await scriptsRead(clean)).toEqual([]);
});

test('they are read if one may take care of what would be reported', async () => {
  const path = 'k8s/base/migration-job.yaml';
  const job = (clean[path] ?? '').replace(/^ +kustomize.toolkit.fluxcd.io\/force.*\n/m, '');
  expect(job).not.toBe(clean[path]);
  expect(await scriptsRead({ ...clean, [path]: job })).toEqual(['/w/scripts/deploy.sh']);
});

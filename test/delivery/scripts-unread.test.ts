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

test('a manifest that no kustomization lists does not change that, unless it is a migration', async () => {
  const job = (name: string) => `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "${name}:v1"}]}}}
`;
  const beside = { ...clean, 'k8s/base/values.yaml': 'replicas: 1\n', 'k8s/base/job.yaml': job('backup') };
  expect(await scriptsRead(beside)).toEqual([]);
  expect(await scriptsRead({ ...beside, 'k8s/base/job.yaml': job('migrate') })).toEqual(['/w/scripts/deploy.sh']);
});

test('they are read if one may take care of what would be reported', async () => {
  const path = 'k8s/base/migration-job.yaml';
  const job = (clean[path] ?? '').replace(/^ +kustomize.toolkit.fluxcd.io\/force.*\n/m, '');
  expect(job).not.toBe(clean[path]);
  expect(await scriptsRead({ ...clean, [path]: job })).toEqual(['/w/scripts/deploy.sh']);
});

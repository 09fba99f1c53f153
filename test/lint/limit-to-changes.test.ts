import { expect, test } from 'vitest';
import { run } from '../../src/run.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

const job = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {template: {spec: {containers: []}}}\n';
const overlay = 'resources: [../../base]\nnamePrefix: a-\nconfigMapGenerator: [{name: s, envs: [s.env]}]\n';
const files = {
  '/w/base/kustomization.yaml': 'resources: [job.yaml]\n',
  '/w/base/job.yaml': job,
  '/w/overlays/one/kustomization.yaml': overlay,
  '/w/overlays/one/s.env': 'A=1\n',
  '/w/overlays/two/kustomization.yaml': overlay,
  '/w/overlays/two/s.env': 'A=1\n',
  '/w/other/kustomization.yaml': 'resources: [gone.yaml]\n',
  '/w/readme.md': 'hello\n',
  '/w/sql/kustomization.yaml': 'configMapGenerator: [{name: s, files: [V1__a.sql]}]\n',
  '/w/sql/V1__a.sql': 'SELECT 1;\n',
  '/w/sql/V2__b.sql': 'SELECT 2;\n',
};

async function reached(...changedFiles: string[]) {
  const { roots, findings, exitCode } = await run(['.'], '/w', { changedFiles }, memoryFileSystem(files));
  return {
    roots: roots.map(({ path }) => path.slice(3)),
    files: [...new Set(findings.filter(({ rule }) => rule === 'build-error').map(({ at }) => at.file.path.slice(3)))],
    exitCode,
  };
}

test('a change reaches the roots that read the file', async () => {
  expect((await reached('base/job.yaml')).roots).toEqual(['overlays/one', 'overlays/two']);
  expect((await reached('/w/overlays/two/s.env')).roots).toEqual(['overlays/two']);
  expect((await reached('base')).roots).toEqual(['overlays/one', 'overlays/two']);
});

test('what no root reads reaches nothing, and that is no fault', async () => {
  expect(await reached('readme.md')).toEqual({ roots: [], files: [], exitCode: 0 });
  expect(await reached()).toEqual({ roots: [], files: [], exitCode: 0 });
});

test('a file that is gone reaches roots that cannot be built, and those that read its neighbours', async () => {
  expect(await reached('other/gone.yaml')).toEqual({
    roots: ['other'],
    files: ['other/kustomization.yaml'],
    exitCode: 1,
  });
  expect((await reached('base/old.yaml')).roots).toEqual(['other', 'overlays/one', 'overlays/two']);
});

test('a migration that no generator lists reaches the roots that read its neighbours', async () => {
  expect((await reached('sql/V2__b.sql')).roots).toEqual(['sql']);
});

test('new settings reach every root', async () => {
  expect((await reached('migrate-lint.yaml')).roots).toEqual(['other', 'overlays/one', 'overlays/two', 'sql']);
});

test('a finding of several roots is limited to those that a change reaches, and names the objects as they are called there', async () => {
  const trees = memoryFileSystem({
    '/w/migrate-lint.yaml': 'rules: {job-deadline: info}\nmigrations: {jobs: ["*"]}\n',
    '/w/base/kustomization.yaml': 'resources: [job.yaml]\n',
    '/w/base/job.yaml': job,
    '/w/dev/kustomization.yaml': 'resources: [../base]\nnameSuffix: -1.1.0\n',
    '/w/live/kustomization.yaml': 'resources: [../base]\nnameSuffix: -1.0.0\n',
    '/w/test/kustomization.yaml': 'resources: [../base]\nnameSuffix: -1.0.5\n',
  });
  const deadlines = async (...changedFiles: string[]) => {
    const { findings } = await run(['.'], '/w', { changedFiles }, trees);
    const found = findings.filter(({ rule }) => rule === 'job-deadline');
    return found.map(({ message, roots }) => [message.split('`')[1], ...roots]);
  };
  expect(await deadlines('base/job.yaml')).toEqual([['a-1.1.0', '/w/dev', '/w/live', '/w/test']]);
  expect(await deadlines('live/kustomization.yaml')).toEqual([['a-1.0.0', '/w/live']]);
  expect(await deadlines('test/kustomization.yaml', 'live/kustomization.yaml')).toEqual([
    ['a-1.0.0', '/w/live', '/w/test'],
  ]);
});

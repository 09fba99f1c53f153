import { describe, expect, test } from 'vitest';
import { buildRoot } from '../../src/kustomize/build.ts';
import { printBuild } from '../../src/kustomize/print-build.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { lintFiles, rulesWithFiles } from '../support/lint-files.ts';
import { memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';

const job = `apiVersion: batch/v1
kind: Job
metadata:
  name: shop-migration-v1.4.0
  annotations: {kustomize.toolkit.fluxcd.io/force: enabled}
spec:
  backoffLimit: 3
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: registry.example.com/shop-migration:v1.4.0
          command: [alembic, upgrade, head]
          env:
            - name: DATABASE_URL
              valueFrom: {configMapKeyRef: {name: settings, key: url}}
`;
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {HOST: db}\n';

/** A tree of the Job, a ConfigMap and this. */
function treeWith(kustomization: string): Record<string, string> {
  return {
    'k8s/kustomization.yaml': `resources: [job.yaml, settings.yaml]\n${kustomization}`,
    'k8s/job.yaml': job,
    'k8s/settings.yaml': settings,
    'shared/settings.env': 'A=b\n',
  };
}

async function lint(kustomization: string, more: Readonly<Record<string, string>> = {}): Promise<string[]> {
  return rulesWithFiles(await lintFiles({ ...treeWith(kustomization), ...more }, { paths: ['k8s'] }));
}

const both = ['build-error k8s/kustomization.yaml', 'job-backoff-limit k8s/job.yaml'];
const secrets = 'secretGenerator: [{name: database, envs: [secrets.env]}]\n';
const replacement =
  'replacements: [{source: {kind: Secret, name: database, fieldPath: data.X}, targets: [{select: {kind: Job}, fieldPaths: [metadata.labels.x]}]}]\n';

describe('the rest of a tree is linted where only a part is absent', () => {
  test.each([
    ['a file with secrets that nobody commits', secrets],
    ['several', `${secrets}configMapGenerator: [{name: other, files: [other.txt]}]\n`],
    ['a file that kustomize may not read', 'configMapGenerator: [{name: other, envs: [../shared/settings.env]}]\n'],
    ['a ConfigMap to merge with', 'configMapGenerator: [{name: other, behavior: merge, literals: [a=b]}]\n'],
    ['a file that a later step is about', `${secrets}${replacement}`],
  ])('%s', async (_, kustomization) => {
    expect((await lint(kustomization)).sort()).toEqual(both);
  });

  test('a manifest in a base', async () => {
    const base = { 'k8s/base/kustomization.yaml': 'resources: [secrets.yaml]\n' };
    const found = await lint('components: []\n', {
      ...base,
      'k8s/kustomization.yaml': 'resources: [base, job.yaml]\n',
    });
    expect(found).toEqual(['build-error k8s/base/kustomization.yaml', 'job-backoff-limit k8s/job.yaml']);
  });
});

describe('nothing is said of the rest', () => {
  test.each([
    ['without a patch, which might change anything', 'patches: [{path: patch.yaml}]\n'],
    ['without a patch and a file with secrets', `${secrets}patches: [{path: patch.yaml}]\n`],
    ['without a component', 'components: [component]\n'],
  ])('%s', async (_, kustomization) => {
    expect([...new Set(await lint(kustomization))]).toEqual(both.slice(0, 1));
  });
});

test('as kustomize, the build gives nothing', () => {
  const root = buildRoot('/repo/k8s', {}, new SourceCache(memoryFileSystem(placeFiles('/repo', treeWith(secrets)))));
  expect(root.resources.map(({ kind }) => kind)).toEqual(['ConfigMap', 'Job']);
  expect(printBuild(root).text).toBe('');
});

describe('a missing file that Git ignores', () => {
  const incomplete = ['build-incomplete k8s/kustomization.yaml', 'job-backoff-limit k8s/job.yaml'];
  const lintIgnored = async (gitignore: Readonly<Record<string, string>>) =>
    (await lint(secrets, { '.git/HEAD': 'ref: refs/heads/main\n', ...gitignore })).sort();

  test.each<[string, Record<string, string>]>([
    ['by its name', { '.gitignore': '# made by the pipeline\nsecrets.env\n' }],
    ['by a glob', { '.gitignore': '*.env\n' }],
    ['by its path', { '.gitignore': '/k8s/*.env\n' }],
    ['in its own folder', { 'k8s/.gitignore': '/secrets.env\n' }],
    ['again', { '.gitignore': '!secrets.env\n', 'k8s/.gitignore': '*.env\n' }],
  ])('%s is left out', async (_, gitignore) => expect(await lintIgnored(gitignore)).toEqual(incomplete));

  test.each<[string, Record<string, string>]>([
    ['another file', { '.gitignore': 'other.env\n' }],
    ['another folder', { '.gitignore': '/secrets.env\n' }],
    ['the whole folder', { '.gitignore': 'k8s/\n' }],
    ['a folder of that name', { '.gitignore': 'secrets.env/\n' }],
    ['not after all', { '.gitignore': '*.env\n', 'k8s/.gitignore': '!secrets.env\n' }],
  ])('%s: is a mistake', async (_, gitignore) => expect(await lintIgnored(gitignore)).toEqual(both));

  test.each(['flux', 'argocd'] as const)('is a mistake under %s, which builds what is committed', async (applier) => {
    const files = { ...treeWith(secrets), '.git/HEAD': 'ref: refs/heads/main\n', '.gitignore': '*.env\n' };
    const { findings } = await lintFiles(files, { paths: ['k8s'], options: { applier } });
    const [finding] = findings.filter(({ rule }) => rule === 'build-error');
    expect(finding?.message).toBe(
      '`secrets.env` does not exist, and Git ignores it, so whatever builds this from Git does not find it either; commit it (encrypted if it holds secrets), or remove this entry.',
    );
  });

  test.each([
    ['GitRepository', 'build-error'],
    ['OCIRepository', 'build-incomplete'],
  ])('in the folder of a Flux Kustomization with the source kind %s: %s', async (kind, rule) => {
    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  path: ./k8s
  prune: true
  interval: 5m
  sourceRef: {kind: ${kind}, name: flux-system}
`;
    const git = { '.git/HEAD': 'ref: refs/heads/main\n', '.gitignore': '*.env\n' };
    const { findings } = await lintFiles({ ...treeWith(secrets), ...git, 'cluster/shop.yaml': flux }, { paths: ['.'] });
    expect(
      findings.filter(({ at }) => at.file.path.endsWith('k8s/kustomization.yaml')).map((each) => each.rule),
    ).toEqual([rule]);
  });

  test('outside of a repository nothing is ignored', async () =>
    expect((await lint(secrets, { '.gitignore': '*.env\n' })).sort()).toEqual(both));
});

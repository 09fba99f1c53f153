import { expect, test } from 'vitest';
import { buildRoot } from '../../src/kustomize/build.ts';
import { printBuild } from '../../src/kustomize/print-build.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { lintFiles, rulesWithFiles } from '../support/lint-files.ts';
import { memoryFileSystem, placeFiles } from '../support/memory-file-system.ts';

function job(name: string): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
  annotations: {kustomize.toolkit.fluxcd.io/force: enabled}
spec:
  backoffLimit: 3
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: registry.example.com/shop-migration:v1.4.0
          command: [alembic, upgrade]
          args: [head]
`;
}

const base = {
  'k8s/job.yaml': job('shop-migration-v1.4.0'),
  'k8s/tag.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: tag}\ndata: {ARGUMENT: heads}\n',
};
const wrongVersion = 'apiVersion: kustomize.config.k8s.io/v1\n';
const resources = 'resources: [job.yaml, tag.yaml]\n';
const argument = 'spec.template.spec.containers.[0].args.[0]';
const replacements = `replacements: [{source: {kind: ConfigMap, fieldPath: data.ARGUMENT}, targets: [{select: {kind: Job}, fieldPaths: ['${argument}']}]}]\n`;

async function lint(files: Readonly<Record<string, string>>): Promise<string[]> {
  return rulesWithFiles(await lintFiles({ ...base, ...files }));
}

const [retried, refused] = ['job-backoff-limit k8s/job.yaml', 'build-error k8s/kustomization.yaml'];

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ['the version of a kustomization', { 'k8s/kustomization.yaml': `${wrongVersion}${resources}` }, [retried, refused]],
  ['its kind', { 'k8s/kustomization.yaml': `kind: Kustomize\n${resources}` }, [retried, refused]],
  ['both', { 'k8s/kustomization.yaml': `kind: Job\n${wrongVersion}${resources}` }, [retried, refused, refused]],
  [
    'the version of a Component',
    {
      'k8s/kustomization.yaml': `${resources}components: [part]\n`,
      'k8s/part/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Component\nnameSuffix: -b\n`,
    },
    [retried, 'build-error k8s/part/kustomization.yaml'],
  ],
  ['an index in brackets', { 'k8s/kustomization.yaml': `${resources}${replacements}` }, [retried, refused]],
  [
    'an index in brackets, in several objects and roots',
    {
      'k8s/job.yaml': `${job('shop-migration-v1.4.0')}---\n${job('shop-schema-migration-v1.4.0')}`,
      'k8s/kustomization.yaml': `${resources}${replacements}`,
      'overlays/a/kustomization.yaml': 'resources: [../../k8s]\n',
      'overlays/b/kustomization.yaml': 'resources: [../../k8s]\n',
    },
    [retried, retried, refused],
  ],
  [
    'an index in brackets in a source',
    {
      'k8s/kustomization.yaml': `${resources}replacements: [{source: {kind: Job, fieldPath: '${argument}'}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.ARGUMENT]}]}]\n`,
    },
    [retried, refused],
  ],
  [
    'the version of what Flux builds',
    {
      'cluster/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: shop, namespace: flux-system}\nspec:\n  interval: 10m\n  path: ./k8s\n  prune: true\n  sourceRef: {kind: GitRepository, name: flux-system}\n',
      'k8s/kustomization.yaml': `${wrongVersion}${resources}`,
    },
    [retried, refused],
  ],
])('%s can mean one thing only: the rest is judged as if it were right', async (_, files, expected) => {
  expect(await lint(files)).toEqual(expected);
});

test('other faults still end the build', async () => {
  const files = { 'k8s/kustomization.yaml': `${wrongVersion}${resources}patches: [{path: absent.yaml}]\n` };
  expect(await lint(files)).toEqual([refused, refused]);
});

test('an index in brackets with spaces around it is only reported', async () => {
  const source =
    "replacements: [{source: {kind: Job, fieldPath: 'spec. [0]'}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.ARGUMENT]}]}]\n";
  expect(await lint({ 'k8s/kustomization.yaml': `${resources}${source}` })).toEqual([refused]);
});

test('what is taken for an index leads to the item', () => {
  const files = placeFiles('/repo', { ...base, 'k8s/kustomization.yaml': `${resources}${replacements}` });
  const root = buildRoot('/repo/k8s', {}, new SourceCache(memoryFileSystem(files)));
  expect(printBuild({ ...root, problems: [] }).text).toContain('args:\n        - heads\n');
  expect(printBuild(root).text).toBe('');
});

import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BaselineEntry } from '../../src/baseline/baseline.ts';
import { buildRoot } from '../../src/kustomize/build.ts';
import { findingMaker, judgeBy } from '../../src/lint/run-rules.ts';
import type { LintOptions } from '../../src/lint-options.ts';
import { modelRoots } from '../../src/model/model-roots.ts';
import { rules } from '../../src/rules/index.ts';
import { run } from '../../src/run.ts';
import { type FileSystem, nodeFileSystem } from '../../src/source/files/file-system.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { configMap } from '../kustomize/build-files.ts';
import { enter } from '../support/disk.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { compare, lintInShares, readable } from './shares.ts';

const repository = posix.join(enter(import.meta.dirname), '../..');
/** The repository's own files, with a folder of them as a repository by itself. */
const asRepository = (folder: string): FileSystem => ({
  ...nodeFileSystem,
  stat: (path) => (path === `${folder}/.git` ? { kind: 'directory', size: 0 } : nodeFileSystem.stat(path)),
});

describe('shares together are one run', () => {
  test('over all examples', async () => {
    const folder = posix.join(repository, 'examples');
    const { whole, shares } = await compare(folder, { preset: 'strict' }, asRepository(folder), [1, 3, 20]);
    expect(whole.findings.length).toBeGreaterThan(5);
    expect(readable(whole, folder).sarif).toContain('"fixes"');
    expect(shares.filter((roots) => roots > 0).length).toBe(whole.roots.length);
  });

  test('over fixtures of several rules at once, with Flux and Argo CD among them', async () => {
    const folder = posix.join(repository, 'fixtures/rules');
    const paths = ['flux-depends-on', 'flux-substitute-missing', 'job-ttl', 'wait-job-match'];
    const { whole, shares } = await compare(folder, {}, asRepository(folder), [3], paths);
    expect(whole.findings.length).toBeGreaterThan(30);
    expect(whole.roots.some(({ kind }) => kind === 'flux')).toBe(true);
    for (const roots of shares) expect(roots).toBeGreaterThan(whole.roots.length / 6);
  });

  test('over what Flux builds', async () => {
    for (const name of ['broken', 'unknown']) {
      const folder = posix.join(repository, 'fixtures/flux', name);
      await compare(folder, {}, asRepository(folder), [2, 4]);
    }
  });
});

const job = `apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration-v1}
spec:
  # migrate-lint-disable-next-line job-backoff-limit -- it takes a lock
  backoffLimit: 3
  template:
    spec:
      restartPolicy: Never
      containers:
        - {name: migrate, image: shop-migration:v1, command: [npx, prisma, migrate, deploy]}
`;
const service = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      serviceAccountName: waiter
      initContainers:
        - {name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, shop-migration-v1]}
      containers:
        - {name: shop, image: "shop:v1", env: [{name: A, valueFrom: {configMapKeyRef: {name: shop-config, key: A}}}]}
`;
const rbac = `apiVersion: v1
kind: ServiceAccount
metadata: {name: waiter}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: waiter}
rules: [{apiGroups: [batch], resources: [jobs], verbs: [get, list, watch]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: waiter}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: waiter}
subjects: [{kind: ServiceAccount, name: waiter}]
`;

/** A service whose Job, grants and settings are each in a root of its own. */
const scattered = {
  '/w/base/kustomization.yaml': 'resources: [job.yaml]\n',
  '/w/base/job.yaml': job,
  '/w/jobs/a/kustomization.yaml': 'resources: [../../base]\nnamespace: a\n',
  '/w/jobs/b/kustomization.yaml': 'resources: [../../base]\nnamespace: b\n',
  '/w/jobs/c/kustomization.yaml':
    'resources: [../../base]\nnamespace: c\npatches:\n- target: {kind: Job}\n  patch: |-\n    - {op: replace, path: /spec/backoffLimit, value: 0}\n',
  '/w/service/kustomization.yaml': 'resources: [service.yaml]\nnamespace: a\n',
  '/w/service/service.yaml': service,
  '/w/rbac/kustomization.yaml': 'resources: [rbac.yaml]\nnamespace: a\n',
  '/w/rbac/rbac.yaml': rbac,
  '/w/config/kustomization.yaml': 'resources: [config.yaml]\nnamespace: a\n',
  '/w/config/config.yaml': configMap('shop-config', '{A: x}'),
};

test('a share knows what other shares bring, and which comments silence something there', async () => {
  const fileSystem = memoryFileSystem(scattered);
  const { whole } = await compare('/w', {}, fileSystem, [2, 3, 6, 7]);
  expect(whole.suppressed).toHaveLength(1);
  const withoutGrants = memoryFileSystem({ ...scattered, '/w/rbac/rbac.yaml': configMap('other') });
  const { whole: refused } = await compare('/w', {}, withoutGrants, [2, 6]);
  expect(refused.findings.map(({ rule }) => rule)).toContain('wait-rbac');
  expect(whole.findings.map(({ rule }) => rule)).not.toContain('wait-rbac');
});

/** Three services, one of which Argo CD applies because of another root. */
const withArgo = {
  '/w/argo/application.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: a, namespace: argocd}
spec: {project: default, source: {path: a}, destination: {namespace: a}}
`,
  ...Object.fromEntries(
    ['a', 'b', 'c'].flatMap((name) => [
      [`/w/${name}/kustomization.yaml`, `resources: [all.yaml]\nnamespace: ${name}\n`],
      [`/w/${name}/all.yaml`, [job, service, rbac, configMap('shop-config', '{A: x}')].join('---\n')],
    ]),
  ),
};

/** The roots that each share builds. */
async function builtInShares(count: number, options: LintOptions, fileSystem: FileSystem): Promise<string[][]> {
  const shares: string[][] = [];
  for (let index = 1; index <= count; index++) {
    const built: string[] = [];
    const onProgress = (_: number, __: number, path: string) => built.push(path);
    await run(['.'], '/w', { ...options, shard: { index, count }, onProgress }, fileSystem);
    shares.push(built.sort());
  }
  return shares;
}

describe('roots that say something about others', () => {
  const fileSystem = memoryFileSystem(withArgo);

  test('Applications of Argo CD are known in all shares, and judged in one', async () => {
    const { whole, shares } = await compare('/w', { preset: 'strict' }, fileSystem, [2, 4]);
    expect(whole.findings.length).toBeGreaterThan(0);
    expect(shares).toEqual([1, 1, 1, 1]);
    const built = await builtInShares(4, {}, fileSystem);
    expect(built.flatMap((paths) => paths.filter((path) => path !== '/w/argo')).sort()).toEqual([
      '/w/a',
      '/w/b',
      '/w/c',
    ]);
    for (const paths of built) expect(paths).toContain('/w/argo');
  });

  test('where the settings say who applies them, no share builds more than its own', async () => {
    for (const applier of ['kubectl', 'argocd'] as const) {
      await compare('/w', { applier }, fileSystem, [4]);
      const built = await builtInShares(4, { applier }, fileSystem);
      expect(built.flat().sort()).toEqual(['/w/a', '/w/argo', '/w/b', '/w/c']);
    }
    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: a, namespace: flux-system}
spec: {path: ./a, prune: true, interval: 5m, sourceRef: {kind: GitRepository, name: flux-system}}
`;
    const withFlux = memoryFileSystem({ ...withArgo, '/w/argo/flux.yaml': flux });
    await compare('/w', { applier: 'kubectl' }, withFlux, [4]);
    expect((await builtInShares(4, { applier: 'kubectl' }, withFlux)).flat()).toHaveLength(4);
    // The root that speaks of Flux, in every share, and what Flux does not build, in one.
    expect((await builtInShares(4, {}, withFlux)).flat().sort()).toEqual([
      ...['/w/argo', '/w/argo', '/w/argo', '/w/argo'],
      ...['/w/b', '/w/c'],
    ]);
  });
});

describe('a binding in a root of another share counts', () => {
  const kustomization = (lines: string) => ({
    ...scattered,
    '/w/rbac/kustomization.yaml': `resources: [rbac.yaml]\nnamespace: a\n${lines}`,
  });
  const renamed = (name: string) =>
    rbac.replace('[{kind: ServiceAccount, name: waiter}]', `[{kind: ServiceAccount, name: ${name}}]`);
  test.each([
    [
      'under a part of its name',
      { ...kustomization('namePrefix: wai\n'), '/w/rbac/rbac.yaml': rbac.replaceAll('name: waiter', 'name: ter') },
    ],
    [
      'by a JSON patch',
      {
        ...kustomization(
          'patches:\n- patch: "- {op: replace, path: /subjects/0/name, value: waiter}"\n  target: {kind: RoleBinding}\n',
        ),
        '/w/rbac/rbac.yaml': renamed('nobody'),
      },
    ],
    [
      'by a patch',
      {
        ...kustomization('patches: [path: patch.yaml]\n'),
        '/w/rbac/rbac.yaml': renamed('nobody'),
        '/w/rbac/patch.yaml': rbac.split('---\n')[2] ?? '',
      },
    ],
    [
      'for a group',
      {
        ...scattered,
        '/w/rbac/rbac.yaml': rbac.replace(
          '[{kind: ServiceAccount, name: waiter}]',
          '[{kind: Group, name: "system:serviceaccounts:a"}]',
        ),
      },
    ],
  ])('%s', async (_, files) => {
    const { whole } = await compare('/w', {}, memoryFileSystem(files), [2, 3, 6]);
    expect(whole.findings.map(({ rule }) => rule)).not.toContain('wait-rbac');
  });

  test('and roots that cannot hold one are not built for it', async () => {
    const files: Record<string, string> = {
      '/w/service/kustomization.yaml': 'resources: [all.yaml]\n',
      '/w/service/all.yaml': [job, service, configMap('shop-config', '{A: x}')].join('---\n'),
    };
    for (const name of ['x', 'y', 'z']) {
      files[`/w/${name}/kustomization.yaml`] = 'resources: [all.yaml]\n';
      files[`/w/${name}/all.yaml`] = configMap(name);
    }
    const built = await builtInShares(3, {}, memoryFileSystem(files));
    expect(built.flat().filter((path) => /\/[xyz]$/.test(path))).toHaveLength(3);
  });
});

test('other roots are built only where somebody asks what they bring', () => {
  const files: Record<string, string> = { '/w/other/kustomization.yaml': 'resources: []\n' };
  for (const [name, parts] of Object.entries({ own: [job, service, rbac], bare: [job, service] })) {
    files[`/w/${name}/kustomization.yaml`] = 'resources: [all.yaml]\n';
    files[`/w/${name}/all.yaml`] = [...parts, configMap('shop-config', '{A: x}')].join('---\n');
  }
  const sources = new SourceCache(memoryFileSystem(files));
  const isAsked = (root: string): boolean => {
    let asked = false;
    const ask = () => {
      asked = true;
      return [buildRoot('/w/other', {}, sources)];
    };
    const elsewhere = { holding: ask, binding: ask, positionOf: () => 0 };
    const models = modelRoots([buildRoot(root, {}, sources)], { dialect: '5.8' }, elsewhere);
    expect(models.flatMap(judgeBy(rules, findingMaker(new Map()), []))).not.toEqual([]);
    return asked;
  };
  expect(isAsked('/w/own')).toBe(false);
  expect(isAsked('/w/bare')).toBe(true);
});

test('a baseline counts for each share alike', async () => {
  const options = { baseline: 'known.json' };
  const filesWith = (findings: readonly BaselineEntry[]) =>
    memoryFileSystem({
      ...scattered,
      '/w/rbac/rbac.yaml': configMap('other'),
      '/w/known.json': JSON.stringify({ version: 1, findings }),
    });
  const { baseline } = await run(['.'], '/w', options, filesWith([]));
  const known = baseline?.entries.filter(({ root }) => root !== 'jobs/c') ?? [];
  expect(known.map(({ rule, root }) => `${rule} ${root}`)).toEqual([
    'job-force jobs/a',
    'job-force jobs/b',
    'wait-rbac service',
  ]);
  const stale = [
    { rule: 'job-force', object: 'a/Job/gone', root: 'jobs/a' },
    { rule: 'job-force', file: 'gone.yaml', root: 'gone' },
  ];

  const fileSystem = filesWith([...known, ...stale]);
  const whole = await run(['.'], '/w', options, fileSystem);
  const { result } = await lintInShares(3, '/w', options, fileSystem);
  for (const each of [whole.baseline, result.baseline]) {
    expect(each?.known).toBe(known.length);
    expect(each?.stale).toHaveLength(stale.length);
    expect(each?.stale).toEqual(expect.arrayContaining(stale));
  }
  expect(readable(result, '/w').text).toBe(readable(whole, '/w').text);
});

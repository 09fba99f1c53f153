import { describe, expect, test } from 'vitest';
import type { LintOptions } from '../../src/lint-options.ts';
import { run } from '../../src/run.ts';
import { UsageError } from '../../src/usage-error.ts';
import { configMap } from '../kustomize/build-files.ts';
import { type MemoryFile, memoryFileSystem } from '../support/memory-file-system.ts';

type Files = Readonly<Record<string, MemoryFile>>;

const job = `apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration-v1}
spec:
  template:
    spec:
      containers:
        - {name: migrate, image: shop-migration:v1, command: [npx, prisma, migrate, deploy]}
`;
const service = configMap('app');
const secret: Files = {
  '/secret/kustomization.yaml': 'resources: [hush.yaml]\n',
  '/secret/hush.yaml': configMap('hush', '{a: hush-hush}'),
  '/secret/patch.yaml': configMap('app', '{a: hush-hush}'),
  '/secret/env': 'A=hush-hush\n',
  '/secret/settings.yaml': 'rules: {hush-hush: off}\n',
  '/secret/Dockerfile': 'FROM hush-hush\n',
  '/secret/component/kustomization.yaml': 'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n',
};

/** Lints `/w/repo`, a Git repository; returns what was found and what was read. */
async function lint(files: Files, options: LintOptions = {}, paths = ['/w/repo'], repository = true) {
  const top: Files = repository ? { '/w/repo/.git/HEAD': 'ref: refs/heads/main\n' } : {};
  const system = memoryFileSystem({ ...secret, ...top, ...files });
  const read = new Set<string>();
  const result = await run(paths, '/w/repo', options, {
    ...system,
    readFile(path) {
      read.add(system.realPath(path) ?? path);
      return system.readFile(path);
    },
  });
  const findings = result.findings.map(({ rule, message, at, related }) => {
    const { line, column } = at.file.position(at.start);
    const text = [message, ...related.map(({ note }) => note)].join(' ');
    expect(text).not.toContain('hush-hush');
    return `${at.file.path}:${line}:${column} ${rule} ${message}`;
  });
  return { result, findings, outside: [...read].filter((path) => !path.startsWith('/w/repo/')) };
}

/** The one finding on an entry that leads out. */
const leadsOut = (place: string, path: string) =>
  `/w/repo/${place} build-error \`${path}\` leads out of the repository, where migrate-lint reads nothing; move it into the repository, or say with \`--repository DIR\` what else belongs to it.`;

describe('nothing outside the repository is read, and the entry that leads there is reported', () => {
  const k8s = '/w/repo/k8s/kustomization.yaml';
  const none = { loadRestrictor: 'none' } as const;
  const cases: readonly [name: string, files: Files, options: LintOptions, path: string][] = [
    ['a base', { [k8s]: 'resources: [../../../secret]\n' }, {}, '../../../secret'],
    ['a manifest', { [k8s]: 'resources: [../../../secret/hush.yaml]\n' }, none, '../../../secret/hush.yaml'],
    ['a link to a folder', { [k8s]: 'resources: [base]\n', '/w/repo/k8s/base': { link: '/secret' } }, {}, 'base'],
    [
      'a link to a manifest',
      { [k8s]: 'resources: [m.yaml]\n', '/w/repo/k8s/m.yaml': { link: '../../../secret/hush.yaml' } },
      {},
      'm.yaml',
    ],
    [
      'the same without the load restrictor',
      { [k8s]: 'resources: [m.yaml]\n', '/w/repo/k8s/m.yaml': { link: '../../../secret/hush.yaml' } },
      none,
      'm.yaml',
    ],
    ['a component', { [k8s]: 'components: [../../../secret/component]\n' }, {}, '../../../secret/component'],
    ['a patch', { [k8s]: 'patches: [{path: ../../../secret/patch.yaml}]\n' }, none, '../../../secret/patch.yaml'],
    ['a transformer', { [k8s]: 'transformers: [../../../secret]\n' }, none, '../../../secret'],
    ['a configuration', { [k8s]: 'configurations: [../../../secret/x.yaml]\n' }, none, '../../../secret/x.yaml'],
    ['definitions', { [k8s]: 'crds: [../../../secret/x.yaml]\n' }, none, '../../../secret/x.yaml'],
    ['a schema', { [k8s]: 'openapi: {path: ../../../secret/x.yaml}\n' }, none, '../../../secret/x.yaml'],
    ['a replacement', { [k8s]: 'replacements: [{path: ../../../secret/x.yaml}]\n' }, none, '../../../secret/x.yaml'],
    [
      'a file of a generator',
      { [k8s]: 'configMapGenerator: [{name: a, files: [k=../../../secret/env]}]\n' },
      none,
      '../../../secret/env',
    ],
    [
      'an env file of a generator',
      { [k8s]: 'secretGenerator: [{name: a, envs: [/secret/env]}]\n' },
      none,
      '/secret/env',
    ],
  ];
  test.each(cases)('%s', async (_, files, options, path) => {
    const { findings, outside, result } = await lint(files, options);
    expect(outside).toEqual([]);
    expect(findings).toHaveLength(1);
    const place = findings[0]?.slice('/w/repo/'.length).split(' ')[0] ?? '';
    expect(place).toMatch(/^k8s\/kustomization\.yaml:1:\d+$/);
    expect(findings).toEqual([leadsOut(place, path)]);
    expect(result).toMatchObject({ exitCode: 1, crashes: [] });
  });
});

describe('nor is what no entry names', () => {
  const kustomization = { '/w/repo/k8s/kustomization.yaml': 'resources: [m.yaml]\n', '/w/repo/k8s/m.yaml': service };
  const cases: readonly [name: string, files: Files, options?: LintOptions][] = [
    ['a kustomization file', { '/w/repo/k8s/kustomization.yaml': { link: '/secret/kustomization.yaml' } }],
    ['a manifest in a folder that is walked', { '/w/repo/m/hush.yaml': { link: '/secret/hush.yaml' } }],
    ['a folder that is walked', { '/w/repo/m': { link: '/secret' } }],
    [
      'what settings ignore',
      { '/w/repo/migrate-lint.yaml': 'ignore: ["../../**", "x/**"]\n', '/w/repo/x': { link: '/' } },
    ],
    [
      'pipelines and Dockerfiles',
      {
        '/w/repo/k8s/m.yaml': job,
        '/w/repo/Dockerfile': { link: '/secret/Dockerfile' },
        '/w/repo/.gitlab-ci.yml':
          'include: [{local: ../../secret/hush.yaml}]\nb:\n  script: [docker build -f ../../secret/Dockerfile .]\n',
        '/w/repo/.github/workflows/x.yaml': { link: '/secret/hush.yaml' },
        '/w/repo/package.json': { link: '/secret/env' },
      },
    ],
  ];
  test.each(cases)('%s', async (_, files, options = {}) => {
    const { outside, result } = await lint({ ...kustomization, ...files }, options);
    expect(outside).toEqual([]);
    expect(result.crashes).toEqual([]);
  });
});

test('Flux reads nothing outside either, unless the command names the folder of the source', async () => {
  const flux = (name: string, path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec: {path: ${path}, sourceRef: {kind: GitRepository, name: ${name}}}
`;
  const files = {
    '/w/repo/clusters/a.yaml': flux('infra', './'),
    '/w/repo/migrate-lint.yaml': 'sources: {infra: ../../secret}\n',
  };
  const refused = await lint(files);
  expect(refused.outside).toEqual([]);
  expect(refused.findings).toEqual([
    expect.stringMatching(
      /a\.yaml:4:\d+ build-incomplete The folder that the settings give for the source `infra` .* outside/,
    ),
  ]);
  const allowed = await lint(files, { sources: { infra: '../../secret' } });
  expect(allowed.outside).toContain('/secret/hush.yaml');
  expect(allowed.findings).toEqual([]);
});

describe('what is given', () => {
  const overlay = { '/w/repo/k8s/kustomization.yaml': 'resources: [../../base]\n' };
  const base = { '/w/base/kustomization.yaml': 'resources: [m.yaml]\n', '/w/base/m.yaml': service };

  test('--repository says what else is read, or what less', async () => {
    expect((await lint({ ...overlay, ...base })).findings).toEqual([
      leadsOut('k8s/kustomization.yaml:1:13', '../../base'),
    ]);
    expect((await lint({ ...overlay, ...base }, { repository: '..' })).findings).toEqual([]);
    await expect(lint({ ...overlay, ...base }, { repository: 'k8s' })).rejects.toThrow(
      '/w/repo is outside the repository, and migrate-lint reads nothing there; --repository DIR names a wider folder.',
    );
  });

  test('without a repository an overlay finds its base, and nobody finds /etc', async () => {
    const options = {};
    expect((await lint({ ...overlay, ...base }, options, ['/w/repo/k8s'], false)).findings).toEqual([]);
    const tree = {
      '/home/me/a/kustomization.yaml': 'resources: [../../you/b]\n',
      '/home/you/b/kustomization.yaml': '',
    };
    const { findings, outside } = await lint(tree, options, ['/home/me/a'], false);
    expect(findings).toEqual([expect.stringContaining('`../../you/b` leads out of the repository')]);
    expect(outside).toEqual(['/home/me/a/kustomization.yaml']);
  });

  test('is no link out of the repository', async () => {
    const files = { '/w/repo/k8s': { link: '/secret' }, '/w/repo/m.yaml': { link: '/secret/hush.yaml' } };
    for (const path of ['k8s', 'm.yaml']) await expect(lint(files, {}, [path])).rejects.toThrow(UsageError);
    await expect(lint(files, {}, ['k8s/*.yaml'])).rejects.toThrow('Nothing matches the pattern');
  });

  test('may name a settings file and a baseline that lie elsewhere', async () => {
    const files = {
      '/w/repo/k8s/kustomization.yaml': 'resources: [x.yaml]\n',
      '/w/s.yaml': 'rules: {build-error: info}\n',
      '/w/b.json': '{"version": 1, "findings": []}\n',
    };
    const { result } = await lint(files, { config: '../s.yaml', baseline: '/w/b.json' });
    expect(result.findings).toMatchObject([{ rule: 'build-error', severity: 'info' }]);
    expect(result.baseline).toMatchObject({ stale: [] });
  });
});

test('a settings file that is a link out of the repository is refused', async () => {
  const files = { '/w/repo/k8s/m.yaml': service, '/w/repo/migrate-lint.yaml': { link: '/secret/settings.yaml' } };
  await expect(lint(files)).rejects.toThrow('cannot be used: it is outside of the repository.');
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import { buildLimits } from '../../src/kustomize/session/build-limits.ts';
import { run } from '../../src/run.ts';
import type { FileSystem } from '../../src/source/files/file-system.ts';
import { buildFiles, configMap, problemsOf } from '../kustomize/build-files.ts';
import { startCpuTime } from '../support/cpu-time.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

const including = (...paths: string[]): string => `resources:\n${paths.map((path) => `- ${path}\n`).join('')}`;

test('kustomizations may not include one another without end', () => {
  const files: Record<string, string> = {};
  for (let i = 0; i < 3000; i++) files[`/k${i}/kustomization.yaml`] = including(`../k${i + 1}`);
  files['/k3000/kustomization.yaml'] = 'namePrefix: a-\n';
  const place = `/k${buildLimits.depth}/kustomization.yaml:2:3`;
  expect(problemsOf(buildFiles(files, '/k0'))).toEqual([
    `${place} error: more than 100 kustomizations include one another in a row, which migrate-lint does not follow; build it in parts`,
  ]);
});

test('kustomizations that double at each level end', () => {
  const files: Record<string, string> = {};
  for (let i = 0; i < 40; i++) {
    files[`/a${i}/kustomization.yaml`] = including(`../a${i + 1}`, `../b${i + 1}`);
    files[`/b${i}/kustomization.yaml`] = including(`../a${i + 1}`, `../b${i + 1}`);
  }
  files['/a40/kustomization.yaml'] = 'namePrefix: a-\n';
  files['/b40/kustomization.yaml'] = 'namePrefix: b-\n';
  expect(problemsOf(buildFiles(files, '/a0'))).toEqual([
    expect.stringContaining('error: this build includes more than 10000 kustomizations'),
  ]);
});

test('components may add 10,000 objects', () => {
  const files: Record<string, string> = {};
  const names: string[] = [];
  for (let i = 0; i < 100; i++) {
    files[`/c${i}/kustomization.yaml`] =
      `kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n${including('all.yaml')}`;
    files[`/c${i}/all.yaml`] = Array.from({ length: 100 }, (_, j) => configMap(`m-${i}-${j}`)).join('---\n');
    names.push(`../c${i}`);
  }
  files['/root/kustomization.yaml'] = `components:\n${names.map((name) => `- ${name}\n`).join('')}`;
  expect(buildFiles(files, '/root').resources).toHaveLength(10_000);
});

test('10,000 objects may be deleted', () => {
  const files = {
    '/kustomization.yaml':
      'resources: [all.yaml]\npatches:\n- {target: {kind: ConfigMap}, patch: "{$patch: delete, apiVersion: v1, kind: ConfigMap, metadata: {name: x}}"}\n',
    '/all.yaml': Array.from({ length: 10_000 }, (_, i) => configMap(`m-${i}`)).join('---\n'),
  };
  const cpuTime = startCpuTime();
  const built = buildFiles(files);
  expect(problemsOf(built)).toEqual([]);
  expect(built.resources).toEqual([]);
  expect(cpuTime()).toBeLessThan(20_000);
});

test('objects may not double without end', () => {
  const files: Record<string, string> = { '/k0/kustomization.yaml': including('m.yaml'), '/k0/m.yaml': configMap('m') };
  for (let i = 0; i < 20; i++) {
    files[`/a${i}/kustomization.yaml`] = `namePrefix: a\n${including(`../k${i}`)}`;
    files[`/b${i}/kustomization.yaml`] = `namePrefix: b\n${including(`../k${i}`)}`;
    files[`/k${i + 1}/kustomization.yaml`] = including(`../a${i}`, `../b${i}`);
  }
  expect(problemsOf(buildFiles(files, '/k20'))).toEqual([expect.stringMatching(/error: this build .* more than/)]);
});

test('aliases may not expand without end', () => {
  const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}, *l${i}]\n`);
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nl0: &l0 [x]\n${levels.join('')}`;
  const built = buildFiles({ '/kustomization.yaml': including('m.yaml'), '/m.yaml': text });
  expect(problemsOf(built)).toEqual([expect.stringMatching(/^\/m\.yaml:\d+:\d+ error: invalid YAML: .*alias/)]);
});

test('collections may not nest without end', () => {
  for (const text of ['['.repeat(100_000), '- '.repeat(100_000), '{a: '.repeat(100_000)]) {
    const built = buildFiles({ '/kustomization.yaml': including('m.yaml'), '/m.yaml': text });
    expect(problemsOf(built)).toEqual([expect.stringMatching(/^\/m\.yaml:\d+:\d+ error: invalid YAML: .*nested/)]);
  }
});

test('a file may not be larger than is meant to be read', () => {
  const files = { '/kustomization.yaml': including('m.yaml'), '/m.yaml': configMap('a', `{a: ${'b'.repeat(2000)}}`) };
  expect(problemsOf(buildFiles(files, '/', {}, { fileSize: 1000 }))).toEqual([
    expect.stringContaining('cannot read `m.yaml`: it is larger than'),
  ]);
});

test('100,000 documents are read in one go', () => {
  const text = '---\na: b\n'.repeat(100_000);
  const built = buildFiles({ '/kustomization.yaml': including('m.yaml'), '/m.yaml': text });
  expect(problemsOf(built)).toEqual([expect.stringContaining('/m.yaml:2:1 error: an object without `kind`')]);
});

test('nothing outside is read through links or `..`', () => {
  const secret = { '/secret/token': 'hush', '/secret/k.yaml': configMap('hush') };
  const trees = [
    { '/r/kustomization.yaml': including('../secret/k.yaml') },
    { '/r/kustomization.yaml': including('l.yaml'), '/r/l.yaml': { link: '/secret/k.yaml' } },
    { '/r/kustomization.yaml': including('d/k.yaml'), '/r/d': { link: '../secret' } },
    { '/r/kustomization.yaml': 'configMapGenerator:\n- name: a\n  files: [/secret/token]\n' },
    { '/r/kustomization.yaml': 'secretGenerator:\n- name: a\n  envs: [../secret/token]\n' },
    { '/r/kustomization.yaml': 'patches:\n- path: ../secret/k.yaml\n' },
  ];
  for (const tree of trees) {
    const built = buildFiles({ ...secret, ...tree }, '/r');
    expect(built.resources).toEqual([]);
    expect(problemsOf(built)).toEqual([expect.stringContaining('error: ')]);
    expect(built.files.map(({ path }) => path)).toEqual(['/r/kustomization.yaml']);
  }
});

test('roots that the time limit left unbuilt are reported one by one', async () => {
  const files = {
    '/w/a/kustomization.yaml': 'resources: [m.yaml]\n',
    '/w/a/m.yaml': configMap('a'),
    '/w/m/m.yaml': configMap('m'),
  };
  const { findings, roots, exitCode } = await run(['.'], '/w', { timeLimit: 0 }, memoryFileSystem(files));
  expect(findings.map(({ at, rule, message }) => `${at.file.path} ${rule} ${message}`)).toEqual([
    '/w/a build-error This is not built, since the run takes longer than 0 seconds; lint fewer roots (`--shard`), or give it more time with `--time-limit SECONDS`.',
    expect.stringContaining('/w/m/m.yaml build-error This is not built'),
  ]);
  expect(roots.map(({ state }) => state)).toEqual(['failed', 'failed']);
  expect(exitCode).toBe(1);
});

describe('the time of a run', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const migrationJob = `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec: {template: {spec: {containers: [{name: migrate, image: "app:v1", command: [flyway, migrate]}]}}}
`;

  const files = {
    '/w/.git/HEAD': '',
    '/w/a/kustomization.yaml': 'resources: [job.yaml]\n',
    '/w/a/job.yaml': migrationJob,
    '/w/b/job.yaml': migrationJob,
  };

  /** Lints within 100 seconds, which are over once a file has been looked for. */
  async function lintUntil(file: string): Promise<string[]> {
    let seconds = 0;
    vi.spyOn(process, 'uptime').mockImplementation(() => seconds);
    const system = memoryFileSystem(files);
    const slow: FileSystem = {
      ...system,
      realPath(path) {
        if (path === file) seconds = 200;
        return system.realPath(path);
      },
    };
    const { findings, exitCode } = await run(['.'], '/w', { timeLimit: 100 }, slow);
    expect(exitCode).toBe(1);
    return findings.map(({ at, rule, message }) => `${at.file.path} ${rule} ${message}`);
  }

  const notJudged = (file: string): string =>
    `${file} build-error This is not judged, since the run takes longer than 100 seconds; lint fewer roots (\`--shard\`), or give it more time with \`--time-limit SECONDS\`.`;

  test('is looked at between builds and rules, and between roots there', async () => {
    expect(await lintUntil('/w/.gitlab-ci.yml')).toEqual([
      notJudged('/w/a/kustomization.yaml'),
      notJudged('/w/b/job.yaml'),
    ]);
    const found = await lintUntil('/w/nothing');
    expect(found.filter((each) => each.includes('not judged'))).toEqual([]);
    expect(found.map((each) => each.split(' ')[0])).toEqual(expect.arrayContaining(['/w/a/job.yaml', '/w/b/job.yaml']));
  });
});

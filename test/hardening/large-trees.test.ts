import { expect, test } from 'vitest';
import { discover } from '../../src/discover/discover.ts';
import { checkCluster } from '../../src/flux/clusters/check-cluster.ts';
import type { FluxBuiltRoot } from '../../src/flux/flux-built-root.ts';
import { readFluxKustomization } from '../../src/flux/flux-kustomization.ts';
import { applyOperation } from '../../src/flux/substitution/operations.ts';
import { modelRoots } from '../../src/model/model-roots.ts';
import { toJsonReport } from '../../src/report/json.ts';
import { run } from '../../src/run.ts';
import { RootClosures } from '../../src/shard/root-closure.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { buildFiles } from '../kustomize/build-files.ts';
import { startCpuTime } from '../support/cpu-time.ts';
import { firstOf } from '../support/first-of.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { rootFromYaml } from '../support/root-from-yaml.ts';

/** What took minutes as long as each part was looked for among all others. */

const job = (name: string): string => `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}-migration-v1, namespace: ${name}}
spec:
  backoffLimit: 3
  template:
    spec:
      restartPolicy: OnFailure
      containers: [{name: migrate, image: "registry.example.com/${name}:v1", command: [npx, prisma, migrate, deploy]}]
`;

test('400 Jobs of one file have their fixes in a report', async () => {
  const text = Array.from({ length: 400 }, (_, i) => job(`app${i}`)).join('---\n');
  const result = await run(['/w/all.yaml'], '/w', {}, memoryFileSystem({ '/w/all.yaml': text }));
  const cpuTime = startCpuTime();
  const { findings } = toJsonReport(result, { base: '/w', version: '1' });
  expect(findings.filter(({ rule, fix }) => rule === 'job-restart-policy' && fix?.edits.length === 1)).toHaveLength(
    400,
  );
  expect(cpuTime()).toBeLessThan(10_000);
});

test('a JSON patch of 4,000 steps on one line of a kustomization', () => {
  const steps = Array.from({ length: 4000 }, (_, i) => ({ op: 'add', path: `/data/k${i}`, value: 'v' }));
  const patch = JSON.stringify(JSON.stringify(steps));
  const cpuTime = startCpuTime();
  const { resources, problems } = buildFiles({
    '/kustomization.yaml': `resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: ${patch}\n`,
    '/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {}\n',
  });
  expect(problems).toEqual([]);
  expect(resources).toHaveLength(1);
  expect(cpuTime()).toBeLessThan(10_000);
});

test('a list holds 10,000 objects', () => {
  const items = Array.from(
    { length: 10_000 },
    (_, i) => `- {apiVersion: v1, kind: Service, metadata: {name: s${i}}}\n`,
  );
  const cpuTime = startCpuTime();
  const { resources } = buildFiles({
    '/kustomization.yaml': 'resources: [a.yaml]\n',
    '/a.yaml': `apiVersion: v1\nkind: ServiceList\nmetadata: {}\nitems:\n${items.join('')}`,
  });
  expect(resources).toHaveLength(10_000);
  expect(cpuTime()).toBeLessThan(10_000);
});

test("a prefix is taken off a variable's value of 50,000 characters", () => {
  const value = `${'a'.repeat(50_000)}/b`;
  const cpuTime = startCpuTime();
  expect(applyOperation('##', value, ['*/'])).toBe('b');
  expect(applyOperation('%', value, ['a*b'])).toBe('a'.repeat(49_999));
  expect(cpuTime()).toBeLessThan(5000);
});

test('15,000 kustomizations that each include the next are one root', () => {
  const files = Array.from({ length: 15_000 }, (_, i) => [`/w/${i}/kustomization.yaml`, `resources: [../${i + 1}]\n`]);
  const { roots } = discover(['/w'], new SourceCache(memoryFileSystem(Object.fromEntries(files))));
  expect(roots).toEqual([{ kind: 'kustomization', path: '/w/0' }]);
});

test('the files of 15,000 kustomizations that each include the next are found before the build', () => {
  const files = Array.from({ length: 15_000 }, (_, i) => [`/w/${i}/kustomization.yaml`, `resources: [../${i + 1}]\n`]);
  const closures = new RootClosures(new SourceCache(memoryFileSystem(Object.fromEntries(files))));
  expect(closures.filesOf({ kind: 'kustomization', path: '/w/0' }).size).toBe(15_000);
});

test('a kustomization lists 150,000 entries', () => {
  const files = { '/w/kustomization.yaml': `resources: [${'a, '.repeat(150_000)}]\n` };
  const { roots } = discover(['/w'], new SourceCache(memoryFileSystem(files)));
  expect(roots).toEqual([{ kind: 'kustomization', path: '/w' }]);
});

test('20,000 comments in a row silence the line behind them', async () => {
  const comments = '# migrate-lint-disable-next-line job-restart-policy\n'.repeat(20_000);
  const cpuTime = startCpuTime();
  const { suppressed } = await run(
    ['/w/a.yaml'],
    '/w',
    {},
    memoryFileSystem({ '/w/a.yaml': job('a').replace(/(?=^ {6}restart)/m, comments) }),
  );
  expect(suppressed.map(({ finding }) => finding.rule)).toEqual(['job-restart-policy']);
  expect(cpuTime()).toBeLessThan(10_000);
});

test('a patch adds 20,000 keys to a map of as many', () => {
  const keys = (letter: string): string => Array.from({ length: 20_000 }, (_, i) => `  ${letter}${i}: v\n`).join('');
  const map = (letter: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${keys(letter)}`;
  const cpuTime = startCpuTime();
  const { resources, problems } = buildFiles({
    '/kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml}]\n',
    '/a.yaml': map('k'),
    '/p.yaml': map('j'),
  });
  expect(problems).toEqual([]);
  expect(resources).toHaveLength(1);
  expect(cpuTime()).toBeLessThan(10_000);
}, 60_000);

test('150 Flux Kustomizations look for a Secret that none of as many SealedSecrets becomes', async () => {
  const names = Array.from({ length: 150 }, (_, i) => `app${i}`);
  const kustomizations = names.map(
    (name) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec:
  interval: 10m
  path: ./${name}
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
  postBuild: {substituteFrom: [{kind: Secret, name: cluster}]}
`,
  );
  const sealed = names.map((name) => [
    `/w/${name}/secret.yaml`,
    `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: ${name}}\nspec: {encryptedData: {a: b}}\n`,
  ]);
  const files = {
    '/w/.git/HEAD': '',
    '/w/cluster/all.yaml': kustomizations.join('---\n'),
    ...Object.fromEntries(sealed),
  };
  const cpuTime = startCpuTime();
  const { findings } = await run(['/w'], '/w', {}, memoryFileSystem(files));
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(['build-incomplete']));
  expect(findings).toHaveLength(names.length);
  expect(cpuTime()).toBeLessThan(10_000);
});

test('800 Jobs and as many services that have nothing to do with each other', () => {
  const numbers = Array.from({ length: 800 }, (_, i) => i);
  const service = (i: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web${i}}
spec: {template: {spec: {containers: [{name: web, image: "registry.example.com/web${i}:v1"}]}}}
`;
  const root = rootFromYaml([...numbers.map((i) => job(`app${i}`)), ...numbers.map(service)].join('---\n'));
  const cpuTime = startCpuTime();
  const [model] = modelRoots([root], { dialect: '5.8' });
  expect(model?.releases).toHaveLength(800);
  expect(cpuTime()).toBeLessThan(2500);
});

test('12,000 Flux Kustomizations that each depend on the next, and the last on the first', () => {
  const count = 12_000;
  const kustomizations = Array.from(
    { length: count },
    (_, i) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: app${i}, namespace: flux-system}
spec:
  path: ./app
  sourceRef: {kind: GitRepository, name: flux-system}
  dependsOn: [{name: app${(i + 1) % count}}]
`,
  );
  const roots = kustomizations.map((text): FluxBuiltRoot => {
    const root = rootFromYaml(text);
    const kustomization = firstOf(root.resources.flatMap((resource) => readFluxKustomization(resource) ?? []));
    const flux = { kustomization, source: '/', variables: undefined, unset: [], unknown: [], remarks: [] };
    return { ...root, resources: [], flux };
  });
  const cpuTime = startCpuTime();
  const remarks = checkCluster(roots).flatMap(({ flux }) => flux.remarks);
  expect(remarks.map(({ message }) => message.slice(0, 54))).toEqual([
    'Flux Kustomizations depend on each other in a circle (',
  ]);
  expect(cpuTime()).toBeLessThan(5000);
});

import { afterEach, expect, test, vi } from 'vitest';
import { buildRoot } from '../../src/kustomize/build.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { configMap, problemsOf } from '../kustomize/build-files.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

/** One step of one root may take hours within all other limits, so the time is checked inside of each long loop. */

const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join('');
const objects = many(200, (i) => `---\n${configMap(`m-${i}`)}`);
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  template:
    spec:
      containers:
      - name: c
        env:
${many(200, (i) => `        - {name: e${i}}\n`)}`;
const port = (i: number): string => `{containerPort: ${i}, protocol: TCP}`;
const service = `apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [${many(200, (i) => `{port: ${i}, protocol: TCP},`)}]}\n`;
const type = (name: string, next: string): string =>
  `${name}: {Schema: {properties: {kind: {}, apiVersion: {}, metadata: {}, a: {$ref: ${next}}, b: {$ref: ${next}}}}}\n`;

const trees: readonly (readonly [string, Record<string, string>])[] = [
  [
    'the entries of resources',
    {
      'k.yaml': `resources:\n${many(200, (i) => `- m${i}.yaml\n`)}`,
      ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`m${i}.yaml`, configMap(`m-${i}`)])),
    },
  ],
  ['generators', { 'k.yaml': `configMapGenerator:\n${many(200, (i) => `- name: g${i}\n`)}` }],
  [
    'the targets of a replacement',
    {
      'k.yaml': `resources: [m.yaml]\nreplacements:\n- sourceValue: x\n  targets:\n${many(200, (i) => `  - select: {name: x${i}}\n`)}`,
      'm.yaml': configMap('m'),
    },
  ],
  [
    'the objects that a replacement selects',
    {
      'k.yaml': 'resources: [m.yaml]\nreplacements: [{sourceValue: x, targets: [{select: {kind: ConfigMap}}]}]\n',
      'm.yaml': objects,
    },
  ],
  [
    'the operations of a JSON patch',
    {
      'k.yaml': `resources: [m.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |\n${many(200, (i) => `    - {op: add, path: /data/k${i}, value: v}\n`)}`,
      'm.yaml': configMap('m', '{a: b}'),
    },
  ],
  [
    'the items of a list that is merged by one key',
    {
      'k.yaml':
        'resources: [m.yaml]\npatches: [{patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {replicas: 2}}"}]\n',
      'm.yaml': deployment,
    },
  ],
  [
    'the items of a list that is merged by two keys',
    {
      'k.yaml': `resources: [m.yaml]\npatches: [{patch: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [${port(1)}]}}"}]\n`,
      'm.yaml': service,
    },
  ],
  ...[
    'namePrefix: x-',
    'namespace: x',
    'commonLabels: {a: b}',
    'commonAnnotations: {a: b}',
    'images: [{name: x, newTag: v1}]',
  ].map(
    (field) =>
      [`the objects for ${field}`, { 'k.yaml': `resources: [m.yaml]\n${field}\n`, 'm.yaml': objects }] as const,
  ),
  [
    'vars',
    {
      'k.yaml': `resources: [m.yaml]\nvars:\n${many(200, (i) => `- {name: v${i}, objref: {apiVersion: v1, kind: ConfigMap, name: m}}\n`)}`,
      'm.yaml': configMap('m'),
    },
  ],
  ['name references', { 'k.yaml': 'resources: [m.yaml]\n', 'm.yaml': objects }],
  [
    'types that refer twice to the next',
    { 'k.yaml': 'crds: [crd.yaml]\n', 'crd.yaml': many(30, (i) => type(`t${i}`, `t${i + 1}`)) },
  ],
];

afterEach(() => {
  vi.restoreAllMocks();
});

/** The problems of a tree, built within 100 seconds while every look at the clock takes one. */
function buildSlowly(tree: Record<string, string>): string[] {
  const files = Object.fromEntries(
    Object.entries(tree).map(([path, text]) => [`/${path === 'k.yaml' ? 'kustomization.yaml' : path}`, text]),
  );
  let seconds = 0;
  vi.spyOn(process, 'uptime').mockImplementation(() => seconds++);
  const time = { seconds: 100, end: 100_000 };
  const sources = new SourceCache(memoryFileSystem(files), { fileSize: 1 << 20, time });
  return problemsOf(buildRoot('/', {}, sources));
}

const overrun = expect.stringContaining('error: this is not built, since the run takes longer than 100 seconds');

test.each(trees)('the time limit ends %s', (_, tree) => {
  expect(buildSlowly(tree)).toEqual([overrun]);
});

test('it ends a build that goes on without a file, too', () => {
  expect(buildSlowly({ 'k.yaml': 'resources: [m.yaml, absent.yaml]\nnamePrefix: x-\n', 'm.yaml': objects })).toEqual([
    expect.stringContaining('`absent.yaml` does not exist'),
    overrun,
  ]);
});

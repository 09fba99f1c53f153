import { expect, test } from 'vitest';
import { run } from '../../src/run.ts';
import { buildFiles, configMap, problemsOf } from '../kustomize/build-files.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

/** What made 60 lines of a kustomization fill any memory: steps that put into an object what it holds already. */

const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

function buildWith(field: string, object = configMap('m', '{a: b}')): string[] {
  return problemsOf(buildFiles({ '/kustomization.yaml': `resources: [m.yaml]\n${field}`, '/m.yaml': object }));
}

const jsonPatch = (steps: readonly unknown[]): string =>
  `patches:\n- target: {kind: ConfigMap}\n  patch: ${JSON.stringify(JSON.stringify(steps))}\n`;

const replacement = (from: string, to: string, options: string): string =>
  `- {source: {kind: ConfigMap, fieldPath: ${from}}, targets: [{select: {kind: ConfigMap}, fieldPaths: [${to}], options: ${options}}]}\n`;

const tooMuch =
  /^\/kustomization\.yaml:\d+:\d+ error: this build adds more than 64 MiB to its objects, which migrate-lint does not support; build it in parts$/;
const tooDeep =
  /^\/kustomization\.yaml:\d+:\d+ error: this nests more than 1000 collections in one object, which migrate-lint does not support; nest them less deeply$/;

test('a JSON patch may not copy an object into itself without end', () => {
  const copies = many(60, (i) => ({ op: 'copy', from: '/data', path: `/data/x${i}` }));
  expect(buildWith(jsonPatch(copies))).toEqual([expect.stringMatching(tooMuch)]);
});

test('nor may replacements', () => {
  const maps = many(60, (i) => replacement('data', `data.x${i}`, '{create: true}'));
  expect(buildWith(`replacements:\n${maps.join('')}`)).toEqual([expect.stringMatching(tooMuch)]);
  const texts = many(60, () => replacement('data.a', 'data.a', '{delimiter: "-", index: -1}'));
  expect(buildWith(`replacements:\n${texts.join('')}`)).toEqual([expect.stringMatching(tooMuch)]);
});

test('nor may vars put a long text into another many times', () => {
  const job = `apiVersion: batch/v1
kind: Job
metadata: {name: j}
spec: {template: {spec: {containers: [{name: c, image: x, args: ["${'x'.repeat(100_000)}", "${'$(A)'.repeat(100_000)}"]}]}}}
`;
  const field = "{fieldpath: 'spec.template.spec.containers[0].args[0]'}";
  const vars = `vars: [{name: A, objref: {kind: Job, name: j, apiVersion: batch/v1}, fieldref: ${field}}]\n`;
  expect(buildWith(vars, job)).toEqual([expect.stringMatching(tooMuch)]);
});

test('nor may a long prefix or tag be added to many objects', () => {
  const long = 'x'.repeat(1_000_000);
  const objects = many(100, (i) => configMap(`m-${i}`)).join('---\n');
  expect(buildWith(`namePrefix: ${long}\n`, objects)).toEqual([expect.stringMatching(tooMuch)]);
  const containers = many(100, (i) => `{name: c${i}, image: app}`).join(', ');
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [${containers}]}\n`;
  expect(buildWith(`images: [{name: app, newTag: ${long}}]\n`, pod)).toEqual([expect.stringMatching(tooMuch)]);
});

test('no step nests an object deeper than a file may', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(400)}1${'}'.repeat(400)}`);
  const steps = many(30, (i) => ({ op: 'add', path: `/data${'/a'.repeat(i * 400 + 1)}`, value: deep }));
  expect(buildWith(jsonPatch(steps))).toEqual([expect.stringMatching(tooDeep)]);
  expect(
    buildWith(`replacements:\n${replacement('metadata.name', `data.z${'.a'.repeat(5000)}`, '{create: true}')}`),
  ).toEqual([expect.stringContaining('it has more than 1000 steps, which migrate-lint does not follow')]);
});

test('patches of ordinary size reach as many objects as one root may have of them', () => {
  const objects = many(5000, (i) => configMap(`m-${i}`)).join('---\n');
  const patch = `patches: [{target: {kind: ConfigMap}, patch: "- {op: add, path: /metadata/labels, value: {a: b, c: d}}"}]\n`;
  expect(buildWith(patch, objects)).toEqual([]);
});

const useOfA = '\u0024{a}';

test.each([
  ['a value that is used many times', `"${'x'.repeat(10_000)}"`, useOfA.repeat(10_000)],
  ['a value put in the place of each of many characters', `"${'x'.repeat(10_000)}"`, `\u0024{a//x/${useOfA}}`],
  ['a default of many values', `"${'x'.repeat(10_000)}"`, `\${b:-${useOfA.repeat(10_000)}}`],
])('the substitution of Flux ends: %s', async (_, value, text) => {
  const files = {
    '/w/.git/HEAD': '',
    '/w/flux.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  path: ./k8s
  sourceRef: {kind: GitRepository, name: flux-system}
  postBuild: {substitute: {a: ${value}}}
`,
    '/w/k8s/m.yaml': configMap('m', `{a: "${text}"}`),
  };
  const { findings, crashes } = await run(['/w'], '/w', {}, memoryFileSystem(files));
  expect(crashes).toEqual([]);
  expect(findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
    expect.stringMatching(
      /^build-error Migrate-lint cannot read `\$\{.*its value would add more than 10 MiB to the objects/i,
    ),
  ]);
});

import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../src/model/model-roots.ts';
import { jobForce } from '../../src/rules/job-force.ts';
import { firstOf } from '../support/first-of.ts';
import { rootFromYaml } from '../support/root-from-yaml.ts';

const job = (metadata = '', spec = ''): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop-migration${metadata}}\nspec: {${spec}template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy]}]}}}`;
const service = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, shop-migration]}], containers: [{name: shop, image: "shop:v1"}]}}}`;
const flux = (name: string, spec: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {path: ./tree, ${spec}}`;

/** What is found in a folder that Flux, or another, applies: severity, whether the fix is safe, related notes. */
function judge(
  objects: readonly string[],
  { applier, kustomizations = [] }: { applier?: 'flux' | 'argocd'; kustomizations?: readonly string[] } = {},
): string[] {
  const roots = [rootFromYaml(objects.join('\n---\n')), rootFromYaml(kustomizations.join('\n---\n'), '/clusters')];
  const model = firstOf(modelRoots(roots, { dialect: '5.8', ...(applier && { applier }) }));
  const reported: string[] = [];
  jobForce.check(model, ({ severity = 'error', fix, related, message }) =>
    reported.push(
      [
        `${severity}${fix ? (fix.safe ? ', safe fix' : ', fix') : ''}`,
        ...(message.includes('until `ttlSecondsAfterFinished` is over') ? ['until its time to live is over'] : []),
        ...related.map(({ note }) => note),
      ].join('; '),
    ),
  );
  return reported;
}

describe('job-force: a value that Flux ignores', () => {
  test.each([
    ['true', 'error, safe fix'],
    [' Yes ', 'error, safe fix'],
    ['1', 'error, safe fix'],
    ['enable', 'error, safe fix'],
    ['untrue', 'error, fix'],
    ['trueish', 'error, fix'],
    ['disabled', 'error, fix'],
  ])('"%s": %s', (value, expected) => {
    const annotated = job(`, annotations: {kustomize.toolkit.fluxcd.io/force: "${value}"}`);
    expect(judge([annotated], { applier: 'flux' })).toEqual([expected]);
  });
});

describe('job-force: Kustomizations of Flux', () => {
  test.each([
    [[''], ['error, fix; Flux Kustomization `a` does not set `spec.force: true` either']],
    [['force: true'], []],
    [['force: true', 'force: false'], ['error, fix; Flux Kustomization `b` does not set `spec.force: true` either']],
  ])('%j', (specs, expected) => {
    const kustomizations = specs.map((spec, index) => flux('abc'.charAt(index), spec));
    expect(judge([job()], { kustomizations })).toEqual(expected);
  });
});

describe('job-force: a Job that Kubernetes removes', () => {
  const passing = job('', 'ttlSecondsAfterFinished: 600, ');

  test.each([
    ['Flux', 'flux', [passing], ['warning, fix; until its time to live is over']],
    ['Argo CD', 'argocd', [passing], ['warning; until its time to live is over']],
    ['Flux, which a service waits for', 'flux', [passing, service], ['error, fix; until its time to live is over']],
    ['Argo CD, which a service waits for', 'argocd', [passing, service], ['error; until its time to live is over']],
    ['Flux, where it stays', 'flux', [job()], ['error, fix']],
    ['Argo CD, where it stays', 'argocd', [job()], ['error']],
  ] as const)('by %s', (_, applier, objects, expected) => {
    expect(judge(objects, { applier })).toEqual(expected);
  });

  test('after a version in its name', () => {
    const versioned = passing.replace('shop-migration', 'shop-migration-v1');
    expect(judge([versioned], { applier: 'flux' })).toEqual(['error, fix']);
    expect(judge([versioned], { applier: 'argocd' })).toEqual([]);
  });
});

describe('job-force: where it is not known who applies the tree', () => {
  test('a fixed name is for job-name-version, unless somebody waits for it or asks for force', () => {
    expect(judge([job()])).toEqual([]);
    expect(judge([job(), service])).toEqual(['error, fix']);
    expect(judge([job(', annotations: {kustomize.toolkit.fluxcd.io/force: "true"}')])).toEqual(['error, safe fix']);
  });
});

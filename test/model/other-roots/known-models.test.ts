import { describe, expect, test } from 'vitest';
import type { FluxBuiltRoot } from '../../../src/flux/flux-built-root.ts';
import { readFluxKustomization } from '../../../src/flux/flux-kustomization.ts';
import type { BuiltRoot } from '../../../src/kustomize/built-root.ts';
import { remodelRoots } from '../../../src/model/model-roots.ts';
import { nothingElsewhere } from '../../../src/model/other-roots/elsewhere.ts';
import type { RootModel } from '../../../src/model/root-model.ts';
import { firstOf } from '../../support/first-of.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';

const job = (name: string) =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {template: {spec: {containers: [{name: main, image: shop, command: [npx, prisma, migrate, deploy]}]}}}`;
const config = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}`;
const flux = (name: string, path: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {path: ${path}}`;

const root = (path: string, text: string): BuiltRoot => rootFromYaml(text, `/tree/${path}`);

/**
 * Whether the model of the first root is kept by a run in which others have changed.
 * @param look what a rule asked of the model in the run before
 */
function isKept(before: readonly BuiltRoot[], now: readonly BuiltRoot[], look: (model: RootModel) => unknown): boolean {
  const [own] = before;
  if (own === undefined) throw new Error('there is a first root');
  const first = remodelRoots(before, { dialect: '5.8' }, nothingElsewhere);
  const model = first.byRoot.get(own)?.model;
  if (model === undefined) throw new Error('it is modelled');
  look(model);
  return remodelRoots(now, { dialect: '5.8' }, nothingElsewhere, first).byRoot.get(own)?.model === model;
}

/** A root as Flux builds it. */
function byFlux(name: string, text: string): FluxBuiltRoot {
  const { resources } = rootFromYaml(flux(name, `./${name}`));
  const kustomization = firstOf(resources.flatMap((resource) => readFluxKustomization(resource) ?? []));
  const outcome = { kustomization, source: '/tree', variables: undefined, unset: [], unknown: [], remarks: [] };
  return { ...root(name, text), flux: outcome };
}

const shop = root('shop', config('shop'));
const nothing = () => undefined;

describe('known-models', () => {
  const other = root('other', job('migrate'));
  test.each<[string, BuiltRoot, (model: RootModel) => unknown, boolean]>([
    ['nothing', root('other', job('new')), nothing, true],
    ['a Job that is gone', root('other', job('new')), ({ otherRoots }) => otherRoots.jobsNamed('migrate'), false],
    ['a Job that is still not there', root('other', job('new')), ({ otherRoots }) => otherRoots.jobsNamed('old'), true],
    ['a Job that is there now', root('other', job('new')), ({ otherRoots }) => otherRoots.jobsNamed('new'), false],
    ['all Jobs', root('other', config('x')), ({ otherRoots }) => otherRoots.jobsNamed(undefined), false],
    ['ConfigMaps', root('other', job('new')), (model) => model.configInAllRoots('ConfigMap'), true],
    [
      'ConfigMaps, of which one is new',
      root('other', config('x')),
      (model) => model.configInAllRoots('ConfigMap'),
      false,
    ],
    ['the neighbours of Flux', root('other', job('new')), ({ fluxNeighbours }) => fluxNeighbours, true],
  ])('a rule looked up %s', (_, changed, look, expected) => {
    expect(isKept([shop, other], [shop, changed], look)).toBe(expected);
  });

  const named = (kind: string, name: string) =>
    `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\n`;
  const policy = named('NetworkPolicy', 'x').replace('v1', 'networking.k8s.io/v1').concat('spec: {podSelector: {}}\n');
  const binding = named('RoleBinding', 'x')
    .replace('v1', 'rbac.authorization.k8s.io/v1')
    .concat('subjects: [{kind: ServiceAccount, name: x}]\nroleRef: {kind: ClusterRole, name: view}\n');
  const questions: readonly ((model: RootModel) => unknown)[] = [
    ({ otherRoots }) => otherRoots.jobsNamed('x'),
    ({ otherRoots }) => otherRoots.jobsNamed('y'),
    ({ otherRoots }) => otherRoots.accessOf('x'),
    ({ otherRoots }) => otherRoots.accessOf('y'),
    ({ otherRoots }) => otherRoots.accountsNamed('x'),
    ({ otherRoots }) => otherRoots.accountsNamed('y'),
    ({ otherRoots }) => otherRoots.networkPolicies('shop'),
    ({ otherRoots }) => otherRoots.networkPolicies('web'),
    (model) => model.configInAllRoots('Secret', 'x'),
    (model) => model.configInAllRoots('Secret', 'y'),
    (model) => model.configInAllRoots('ConfigMap', 'x'),
  ];

  test.each([
    ['a Job', job('x')],
    ['a binding', binding],
    ['an account', named('ServiceAccount', 'x')],
    ['a policy', policy],
    ['a Secret', named('Secret', 'x')],
    ['a ConfigMap', named('ConfigMap', 'x')],
  ])('of many questions, one has another answer: %s', (_, text) => {
    const all = (model: RootModel) => questions.map((ask) => ask(model));
    expect(isKept([shop, other], [shop, root('other', text)], all)).toBe(false);
    expect(isKept([shop, other], [shop, root('other', job('z'))], all)).toBe(true);
  });

  test('a root that has changed is modelled again', () => {
    const changed = root('shop', config('web'));
    const first = remodelRoots([shop], { dialect: '5.8' }, nothingElsewhere);
    const second = remodelRoots([changed], { dialect: '5.8' }, nothingElsewhere, first);
    expect(second.byRoot.get(changed)?.model.config.map(({ name }) => name)).toEqual(['web']);
    expect(second.byRoot.has(shop)).toBe(false);
  });

  test('all are modelled again if a root that says how they are applied changes', () => {
    const cluster = root('cluster', flux('shop', './shop'));
    const web = root('web', config('web'));
    expect(isKept([shop, cluster], [shop, cluster], nothing)).toBe(true);
    expect(isKept([shop, cluster], [shop, cluster, web], nothing)).toBe(true);
    expect(isKept([shop, cluster], [shop, root('cluster', flux('web', './web'))], nothing)).toBe(false);
    expect(isKept([shop, cluster], [shop], nothing)).toBe(false);
    expect(isKept([shop], [shop, cluster], nothing)).toBe(false);
  });

  test('a model that looked at the neighbours is kept until one of them changes', () => {
    const [more, changed] = [byFlux('more', job('more')), byFlux('other', job('new'))];
    const neighbour = byFlux('other', job('migrate'));
    const looked = ({ fluxNeighbours }: RootModel) => fluxNeighbours;
    expect(isKept([shop, neighbour], [shop, neighbour], looked)).toBe(true);
    expect(isKept([shop, neighbour], [shop, changed], looked)).toBe(false);
    expect(isKept([shop, neighbour], [shop, changed], nothing)).toBe(true);
    expect(isKept([shop, neighbour], [shop, neighbour, more], looked)).toBe(false);
    expect(isKept([shop, neighbour, more], [shop, neighbour], looked)).toBe(false);
  });

  test('a neighbour whose objects stay the same is the same neighbour', () => {
    const [neighbour, changed] = [byFlux('other', job('migrate')), byFlux('more', config('x'))];
    const first = remodelRoots([neighbour, changed], { dialect: '5.8' }, nothingElsewhere);
    const other = { ...byFlux('more', config('y')), flux: changed.flux };
    const second = remodelRoots([neighbour, other], { dialect: '5.8' }, nothingElsewhere, first);
    expect(second.fluxNeighbours[0]).toBe(first.fluxNeighbours[0]);
    expect(second.fluxNeighbours[1]).not.toBe(first.fluxNeighbours[1]);
    expect(second.fluxNeighbours[1]?.objects.map(({ name }) => name.value)).toEqual(['y']);
  });
});

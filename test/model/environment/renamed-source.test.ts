import { describe, expect, test } from 'vitest';
import { findOtherTarget, findUnusedGenerated } from '../../../src/model/environment/renamed-source.ts';
import { modelRoots } from '../../../src/model/model-roots.ts';
import type { RootModel } from '../../../src/model/root-model.ts';
import { buildTree } from '../../kustomize/build-tree.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** A build with generators and a Deployment whose pod and container have these fields. */
function modelOf(generators: string, container: string, pod = ''): RootModel {
  const root = buildTree({
    'kustomization.yaml': `resources: [shop.yaml]\n${generators}\n`,
    'shop.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {${pod} containers: [{name: shop, image: "shop:v1", ${container}}]}}}\n`,
  });
  return firstOf(modelRoots([root], { dialect: '5.8' }));
}

/** The name without the hash of the object that was most likely meant by one that is missing. */
function foundFor(name: string, { workloads, config }: RootModel): string | undefined {
  return findUnusedGenerated(workloads, config, name)?.earlierNames[0];
}

const settings = 'configMapGenerator: [{name: shop-settings, literals: [A=b]}]';
const password = 'secretGenerator: [{name: shop-database, literals: [PASSWORD=b]}]';
const volume = (source: string) => `volumes: [{name: a, ${source}}],`;
const mount = 'volumeMounts: [{name: a, mountPath: /a}]';

describe('renamed-source', () => {
  test.each([
    ['settings', 'shop-settings'],
    ['shop', 'shop-settings'],
    ['prod-shop-settings', 'shop-settings'],
    ['shop-settings-v2', 'shop-settings'],
    ['shop-settings2', undefined],
    ['hop-settings', undefined],
    ['settings-shop', undefined],
  ])('a generator with a name of which one is a part of the other: %s', (name, found) => {
    expect(foundFor(name, modelOf(settings, ''))).toBe(found);
  });

  test.each([
    ['nothing', settings, '', '', 'shop-settings'],
    ['an import', settings, 'envFrom: [{configMapRef: {name: shop-settings}}]', '', undefined],
    ['an import of another kind', settings, 'envFrom: [{secretRef: {name: shop-settings}}]', '', 'shop-settings'],
    [
      'a variable',
      settings,
      'env: [{name: A, valueFrom: {configMapKeyRef: {name: shop-settings, key: A}}}]',
      '',
      undefined,
    ],
    [
      'a variable of another object',
      settings,
      'env: [{name: A, valueFrom: {configMapKeyRef: {name: other, key: A}}}, {name: B, value: b}]',
      '',
      'shop-settings',
    ],
    [
      'a variable of another kind',
      settings,
      'env: [{name: A, valueFrom: {secretKeyRef: {name: shop-settings, key: A}}}]',
      '',
      'shop-settings',
    ],
    ['a mount', settings, mount, volume('configMap: {name: shop-settings}'), undefined],
    ['a mount of another ConfigMap', settings, mount, volume('configMap: {name: other}'), 'shop-settings'],
    ['a mount of a Secret', password, mount, volume('secret: {secretName: shop-database}'), undefined],
    ['a mount of a ConfigMap', password, mount, volume('configMap: {name: other}'), 'shop-database'],
    ['nothing (a Secret)', password, '', '', 'shop-database'],
  ])('used by %s', (_, generators, container, pod, found) => {
    expect(foundFor('shop', modelOf(generators, container, pod))).toBe(found);
  });

  test.each([
    ['a certificate', 'secretGenerator: [{name: shop-database, literals: [tls.crt=a, tls.key=b]}]'],
    ['no hash', `${settings}\ngeneratorOptions: {disableNameSuffixHash: true}`],
  ])('not with %s', (_, generators) => {
    expect(foundFor('shop', modelOf(generators, ''))).toBeUndefined();
  });

  test.each([
    ['shop', 'shop-database'],
    ['shop-database', undefined],
    ['other', undefined],
  ])('an ExternalSecret that writes another Secret: %s', (name, found) => {
    const external = (own: string, target: string) =>
      `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: ${own}}\nspec: {target: {name: ${target}}}`;
    const plain = 'apiVersion: v1\nkind: Secret\nmetadata: {name: other}\nstringData: {A: b}';
    const { config } = modelFromYaml(
      [external('a', 'b'), plain, external('shop', 'shop-database'), external('same', 'same')].join('\n---\n'),
    );
    expect(findOtherTarget(config, name)?.name).toBe(found);
  });
});

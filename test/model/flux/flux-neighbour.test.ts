import { describe, expect, test } from 'vitest';
import { dependencyName } from '../../../src/flux/clusters/dependency-name.ts';
import { readFluxKustomization } from '../../../src/flux/flux-kustomization.ts';
import { findReadiness } from '../../../src/model/flux/flux-neighbour.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml, rootFromYaml } from '../../support/root-from-yaml.ts';

function kustomizationOf(spec: string, namespace = ', namespace: flux-system') {
  const { resources } = rootFromYaml(
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: shop${namespace}}\nspec: {path: ./shop, ${spec}}`,
  );
  const kustomization = firstOf(resources.flatMap((resource) => readFluxKustomization(resource) ?? []));
  return kustomization;
}

describe('flux-neighbour', () => {
  test.each([
    ['{name: database}', undefined, 'flux-system/database'],
    ['{name: database, namespace: infra}', undefined, 'infra/database'],
    ['{name: database}', '', 'database'],
    ['{namespace: infra}', undefined, 'infra/'],
    ['{}', '', ''],
  ])('dependsOn %s, in the namespace %s, is %s', (reference, namespace, expected) => {
    const kustomization = kustomizationOf(`dependsOn: [${reference}]`, namespace);
    expect(kustomization.dependsOn.map((each) => dependencyName(each, kustomization))).toEqual([expected]);
  });

  const [migration] = modelFromYaml(
    'apiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate}\nspec: {template: {spec: {containers: [{name: main, image: shop}]}}}',
  ).migrations;

  test.each([
    ['wait: true', true],
    ['wait: false', false],
    ['prune: true', false],
    ['healthChecks: [{kind: Deployment, name: web}, {kind: Job, name: migrate}]', true],
    ['healthChecks: [{kind: Job, name: other}, {kind: Deployment, name: migrate}]', false],
    ['wait: false, healthChecks: []', false],
  ])('%s waits for the Job: %s', (spec, expected) => {
    const neighbour = { kustomization: kustomizationOf(spec), name: 'flux-system/shop', migrations: [], objects: [] };
    expect(migration && findReadiness(neighbour.kustomization, migration.job.object) !== undefined).toBe(expected);
  });
});

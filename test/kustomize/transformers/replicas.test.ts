import { describe, expect, it } from 'vitest';
import { buildTree, describeOrigin, scalarAt } from '../build-tree.ts';
import { expectBuild, expectRefusal } from '../expect-build.ts';

const deployment = (spec: string) => `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\n${spec}`;

describe('replicas', () => {
  it.each([
    ['spec: {}', 'count: 3', 'spec:\n  replicas: 3\n'],
    ['spec:', 'count: 3', 'spec:\n  replicas: 3\n'],
    ['', 'count: 3', 'spec:\n  replicas: 3\n'],
    ['spec: {replicas: 1}', 'count: 010', 'spec:\n  replicas: 8\n'],
    ['spec: {replicas: ~}', '', 'spec:\n  replicas: 0\n'],
    ['spec: {replicas: "1"}', 'count: 3', 'spec:\n  replicas: "3"\n'],
  ])('%s and %s', (spec, count, expected) => {
    expectBuild(
      { 'kustomization.yaml': `resources: [d.yaml]\nreplicas:\n- name: api\n  ${count}\n`, 'd.yaml': deployment(spec) },
      deployment(expected),
    );
  });

  it('are found by the names that an object had before', () => {
    const root = buildTree({
      'over/kustomization.yaml': 'resources: [../base]\nnamePrefix: p-\nreplicas: [{name: api, count: 3}]\n',
      'base/kustomization.yaml': 'resources: [d.yaml]\nnameSuffix: -s\n',
      'base/d.yaml': deployment('spec: {replicas: 1}'),
    });
    expect(describeOrigin(scalarAt(root, 'Deployment spec.replicas'))).toEqual([
      'replicas over/kustomization.yaml:3:31 3',
      'written base/d.yaml:5:18 1',
    ]);
  });

  it('need an object', () => {
    expectRefusal(
      {
        'kustomization.yaml': 'resources: [d.yaml]\nreplicas:\n- name: apii\n  count: 3\n',
        'd.yaml': deployment(''),
      },
      'kustomization.yaml:3:9: there is no Deployment, StatefulSet, ReplicaSet or ReplicationController called `apii` to set replicas of; correct the name or remove this entry',
    );
  });

  it('reach other kinds by a configuration', () => {
    expectBuild(
      {
        'kustomization.yaml': 'resources: [f.yaml]\nreplicas: [{name: f, count: 3}]\nconfigurations: [c.yaml]\n',
        'c.yaml': 'replicas: [{path: spec/size, kind: Foo, create: true}]\n',
        'f.yaml': 'apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: f}\n',
      },
      'apiVersion: example.com/v1\nkind: Foo\nmetadata:\n  name: f\nspec:\n  size: 3\n',
    );
  });
});

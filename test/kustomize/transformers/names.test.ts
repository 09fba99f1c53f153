import { describe, expect, it } from 'vitest';
import { buildTree, describeOrigin, scalarAt } from '../build-tree.ts';
import { expectBuild } from '../expect-build.ts';

const object = (apiVersion: string, kind: string, name: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;

describe('name prefixes and suffixes', () => {
  it('leave the names of namespaces, resource definitions and APIs alone', () => {
    expectBuild(
      {
        'kustomization.yaml': 'resources: [all.yaml]\nnamePrefix: a-\nnameSuffix: -z\n',
        'all.yaml': [
          object('v1', 'Namespace', 'ns'),
          object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'crd'),
          object('v1', 'Service', 'svc'),
          object('apiregistration.k8s.io/v1', 'APIService', 'api'),
          object('example.com/v1', 'APIService', 'other'),
        ].join('---\n'),
      },
      [
        object('v1', 'Namespace', 'ns'),
        object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'crd'),
        object('v1', 'Service', 'a-svc-z'),
        object('apiregistration.k8s.io/v1', 'APIService', 'api'),
        object('example.com/v1', 'APIService', 'a-other-z'),
      ].join('---\n'),
    );
  });

  it('make a number of a name that then reads as one, unless it is quoted', () => {
    expectBuild(
      {
        'kustomization.yaml': 'resources: [all.yaml]\nnamePrefix: "1"\n',
        'all.yaml': `${object('v1', 'Service', 'e3')}---\n${object('v1', 'Secret', '"2"')}`,
      },
      `${object('v1', 'Secret', '"12"')}---\n${object('v1', 'Service', '1000')}`,
    );
  });

  it('reach further fields, lists and nulls on the way included', () => {
    expectBuild(
      {
        'kustomization.yaml': 'resources: [f.yaml]\nnamePrefix: p-\nconfigurations: [c.yaml]\n',
        'c.yaml': `namePrefix:
- path: metadata/annotations/a\\/b
- path: spec/list/n
- path: /spec/empty
- path: spec/gone[]/n
  create: true
- path: spec/made/deep
  create: true
`,
        'f.yaml': `${object('example.com/v1', 'Foo', 'f')}  annotations: {a/b: v}\nspec: {list: [{n: 1}, {}, {n: x}], empty: ~, gone: ~}\n`,
      },
      `${object('example.com/v1', 'Foo', 'p-f').replace('  name', '  annotations:\n    a/b: p-v\n  name')}spec:
  empty: p-~
  gone: []
  list:
  - "n": p-1
  - {}
  - "n": p-x
  made:
    deep: p-
`,
    );
  });

  it('of a configuration for one kind take the place of the prefix for all kinds', () => {
    expectBuild(
      {
        'kustomization.yaml': 'resources: [all.yaml]\nnamePrefix: p-\nconfigurations: [c.yaml]\n',
        'c.yaml': 'namePrefix: [{path: metadata/name, kind: Service}]\n',
        'all.yaml': `${object('v1', 'Service', 's')}---\n${object('v1', 'Secret', 't')}`,
      },
      `${object('v1', 'Secret', 't')}---\n${object('v1', 'Service', 'p-s')}`,
    );
  });

  it('know every step to the name', () => {
    const root = buildTree({
      'over/kustomization.yaml': 'resources: [../base]\nnameSuffix: -z\nnamePrefix: a-\n',
      'base/kustomization.yaml': 'resources: [s.yaml]\nnamePrefix: b-\n',
      'base/s.yaml': object('v1', 'Service', 's'),
    });
    expect(root.resources[0]?.prefixes).toEqual(['b-', 'a-']);
    expect(root.resources[0]?.suffixes).toEqual(['-z']);
    expect(root.resources[0]?.previousIds.map(({ name }) => name)).toEqual(['s', 'b-s', 'a-b-s']);
    expect(describeOrigin(scalarAt(root, 'Service metadata.name'))).toEqual([
      'name suffix over/kustomization.yaml:2:13 -z',
      'name prefix over/kustomization.yaml:3:13 a-',
      'name prefix base/kustomization.yaml:2:13 b-',
      'written base/s.yaml:4:9 s',
    ]);
  });
});

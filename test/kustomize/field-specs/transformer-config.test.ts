import { describe, expect, it } from 'vitest';
import { splitSpecPath } from '../../../src/kustomize/field-specs/field-spec.ts';
import {
  defaultTransformerConfig,
  emptyTransformerConfig,
  fieldSpecLists,
  mergeFieldSpecs,
  mergeTransformerConfig,
} from '../../../src/kustomize/field-specs/transformer-config.ts';
import { compareTypes } from '../../../src/kustomize/resources/kind-order.ts';
import { expectBuild, expectRefusal } from '../expect-build.ts';

const spec = (kind: string, path: string, create = false) => ({ group: '', version: '', kind, path, create });

describe('the path of a field spec', () => {
  it.each([
    ['a/b', ['a', 'b']],
    ['/a/b', ['a', 'b']],
    ['a', ['a']],
    ['', ['']],
    ['/', ['']],
    ['//a', ['', 'a']],
    ['a\\/b/c\\/d\\/e', ['a/b', 'c/d/e']],
    ['a\\', ['a\\']],
    ['a[]/b', ['a[]', 'b']],
  ])('%s', (path, parts) => {
    expect(splitSpecPath(path)).toEqual(parts);
  });
});

describe('lists of field specs', () => {
  it('leave out what is there already, for the same or a narrower type', () => {
    const narrow = spec('Job', 'spec/x');
    const wide = spec('', 'spec/x');
    expect(mergeFieldSpecs([narrow], [wide, spec('Job', 'spec/y')])).toEqual([narrow, spec('Job', 'spec/y')]);
    expect(mergeFieldSpecs([wide], [narrow])).toEqual([wide, narrow]);
  });

  it.each([
    ['5.7', { templateLabels: 10, volumeClaimTemplateLabels: 0, images: 6 }],
    ['5.8', { templateLabels: 10, volumeClaimTemplateLabels: 0, images: 6 }],
    ['5.8.2', { templateLabels: 9, volumeClaimTemplateLabels: 1, images: 7 }],
  ] as const)('are the built-in ones of %s, each field once', (dialect, own) => {
    const defaults = defaultTransformerConfig(dialect);
    const sizes = Object.fromEntries(fieldSpecLists.map((list) => [list, defaults[list].length]));
    expect(sizes).toEqual({
      namePrefix: 1,
      nameSuffix: 1,
      namespace: 3,
      commonLabels: 32,
      labels: 0,
      commonAnnotations: 9,
      varReference: 72,
      replicas: 4,
      ...own,
    });
    expect(defaults.nameReference).toHaveLength(16);
    expect(mergeTransformerConfig({ ...emptyTransformerConfig }, defaults)).toEqual(defaults);
    expect(mergeTransformerConfig(defaults, defaults)).toEqual(defaults);
  });

  it('are sorted by type', () => {
    const types = ['', 'ValidatingWebhookConfiguration', 'Job', 'Namespace', 'CronJob'].map((kind) => spec(kind, 'x'));
    expect(types.sort(compareTypes).map(({ kind }) => kind)).toEqual([
      'Namespace',
      'CronJob',
      'Job',
      '',
      'ValidatingWebhookConfiguration',
    ]);
  });
});

describe('a configuration', () => {
  const object = 'apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: f}\nspec: {ref: s, list: [a]}\n';
  const tree = (config: string) => ({
    'kustomization.yaml': 'resources: [f.yaml]\nnamePrefix: p-\nconfigurations: [c.yaml]\n',
    'f.yaml': `${object}---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\n`,
    'c.yaml': config,
  });

  it('names fields in any case, and references', () => {
    expectBuild(
      tree('NameReference: [{kind: Secret, fieldSpecs: [{path: spec/ref, Kind: Foo}]}]\n'),
      `apiVersion: v1
kind: Secret
metadata:
  name: p-s
---
apiVersion: example.com/v1
kind: Foo
metadata:
  name: p-f
spec:
  list:
  - a
  ref: p-s
`,
    );
  });

  it.each([
    [
      'namePrefix: [{path: metadata/name, create: true}]',
      'c.yaml:1:14: the field `metadata/name` has `create: true` here, but `create: false` elsewhere, and kustomize refuses the two together; write `create: false` or remove this entry',
    ],
    [
      'namePrefix: [{path: spec/list}]',
      'f.yaml:4:22: the step for name prefix needs a single value in `spec/list` of Foo `p-f`, but this is a list; correct the object, or the path that leads here',
    ],
    [
      'namePrefix: [{path: spec/0/x}]',
      'c.yaml:1:14: the path `spec/0/x` cannot pick an item by `0`; name the fields only, lists are gone through by themselves',
    ],
    ['namePrefix: [{kind: Foo}]', 'c.yaml:1:14: this field spec has no `path`; name the field that it is for'],
  ])('is refused: %s', (config, message) => {
    expectRefusal(tree(`${config}\n`), message);
  });
});

describe('definitions of custom resources', () => {
  it('say which fields hold names, labels and references', () => {
    const named = (kind: string, name: string, apiVersion = 'v1') =>
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  annotations:\n    note: x\n  labels:\n    a: b\n  name: ${name}\n`;
    const property = (extension: string) => `{type: string, ${extension}: ""}`;
    expectBuild(
      {
        'kustomization.yaml':
          'resources: [f.yaml]\nnamePrefix: p-\ncommonLabels: {a: b}\ncommonAnnotations: {note: x}\ncrds: [c.yaml]\n',
        'f.yaml': `apiVersion: example.com/v1
kind: Foo
metadata: {name: f}
spec: {id: i, labels: {}, notes: {}, secret: {name: s}, config: {key: c}, self: {id: j}}
---
apiVersion: v1
kind: Secret
metadata: {name: s}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
`,
        'c.yaml': `example.com/v1.Foo:
  Schema:
    properties:
      apiVersion: {type: string}
      kind: {type: string}
      metadata: {type: object}
      spec: {$ref: example.com/v1.FooSpec}
example.com/v1.FooSpec:
  Schema:
    properties:
      id: ${property('x-kubernetes-identity')}
      labels: ${property('x-kubernetes-label-selector')}
      notes: ${property('x-kubernetes-annotation')}
      secret: {x-kubernetes-object-ref-api-version: v1, x-kubernetes-object-ref-kind: Secret}
      config:
        x-kubernetes-object-ref-api-version: v1
        x-kubernetes-object-ref-kind: ConfigMap
        x-kubernetes-object-ref-name-key: key
`,
      },
      `${named('ConfigMap', 'p-c')}---
${named('Secret', 'p-s')}---
${named('Foo', 'p-f', 'example.com/v1')}spec:
  config:
    key: p-c
  id: p-i
  labels:
    a: b
  notes:
    note: x
  secret:
    name: p-s
  self:
    id: j
`,
    );
  });

  it('are strict JSON in a file that starts with `{`', () => {
    expectRefusal(
      {
        'kustomization.yaml': 'crds: [c.json]\n',
        'c.json': '{"example.com/v1.Foo": {"properties": {}},}\n',
      },
      'c.json:1:43: invalid JSON: JSON allows no comma before the end of a list or object',
    );
  });

  it('are no CustomResourceDefinitions', () => {
    expectRefusal(
      {
        'kustomization.yaml': 'crds: [c.yaml]\nresources: [c.yaml]\n',
        'c.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: c}\n',
      },
      'c.yaml:1:13: a file under `crds:` holds OpenAPI definitions by the name of their type, but this is not one; a CustomResourceDefinition is listed under `resources:`',
    );
  });
});

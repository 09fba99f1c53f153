import { describe, expect, test } from 'vitest';
import { kubernetesSchema } from '../../../src/kustomize/openapi/kubernetes-schema.ts';
import { loadMergeSchema } from '../../../src/kustomize/openapi/load-merge-schema.ts';
import type { MergeSchema, TypeSchema } from '../../../src/kustomize/openapi/merge-schema.ts';
import { isClusterScoped } from '../../../src/kustomize/openapi/scope.ts';
import { SourceFile } from '../../../src/source/source-file.ts';

function follow(schema: MergeSchema, apiVersion: string, kind: string, ...path: string[]): TypeSchema | undefined {
  const root = schema.ofKind(apiVersion, kind);
  return path.reduce<TypeSchema | undefined>((at, step) => (step === '[]' ? at?.items() : at?.field(step)), root);
}

describe('the embedded schema', () => {
  const pod = ['spec', 'template', 'spec'];
  test.each([
    ['apps/v1', 'Deployment', [...pod, 'containers'], ['name']],
    ['apps/v1', 'Deployment', [...pod, 'containers', '[]', 'env'], ['name']],
    ['apps/v1', 'Deployment', [...pod, 'containers', '[]', 'ports'], ['containerPort', 'protocol']],
    ['apps/v1', 'Deployment', [...pod, 'volumes'], ['name']],
    ['batch/v1', 'CronJob', ['spec', 'jobTemplate', ...pod, 'initContainers', '[]', 'volumeMounts'], ['mountPath']],
    ['v1', 'Service', ['spec', 'ports'], ['port', 'protocol']],
    ['v1', 'ConfigMap', ['metadata', 'finalizers'], []],
    ['v1', 'ServiceAccount', ['secrets'], ['name']],
    ['kustomize.config.k8s.io/v1beta1', 'Kustomization', ['configMapGenerator'], ['name']],
  ])('%s %s %j is merged by %j', (apiVersion, kind, path, keys) => {
    const list = follow(kubernetesSchema, apiVersion, kind, ...path);
    expect(list?.isMergedList).toBe(true);
    expect(list?.mergeKeys).toEqual(keys);
  });

  test.each([
    ['apps/v1', 'Deployment', [...pod, 'containers', '[]', 'args']],
    ['apps/v1', 'Deployment', [...pod, 'containers', '[]', 'envFrom']],
    ['apps/v1', 'Deployment', [...pod, 'tolerations']],
    ['networking.k8s.io/v1', 'Ingress', ['spec', 'rules']],
    ['v1', 'ServiceAccount', ['imagePullSecrets']],
    ['apps/v1', 'StatefulSet', ['spec', 'volumeClaimTemplates']],
  ])('%s %s %j is replaced', (apiVersion, kind, path) => {
    expect(follow(kubernetesSchema, apiVersion, kind, ...path)?.isMergedList).toBe(false);
  });

  test('knows nothing of other kinds and versions', () => {
    expect(kubernetesSchema.ofKind('apps/v2', 'Deployment')).toBeUndefined();
    expect(kubernetesSchema.ofKind('batch/v1 Job', 'CronJob')).toBeUndefined();
    expect(kubernetesSchema.ofKind('autoscaling/v2', 'HorizontalPodAutoscaler')).toBeUndefined();
  });
});

test.each([
  ['', 'v1', 'Namespace', true],
  ['', 'v1', 'ConfigMap', false],
  ['rbac.authorization.k8s.io', 'v1', 'ClusterRole', true],
  ['rbac.authorization.k8s.io', 'v2', 'ClusterRole', false],
  ['example.com', 'v1', 'Namespace', false],
  ['storage.k8s.io', 'v1beta1', 'CSIStorageCapacity', false],
])('%s/%s %s is cluster-scoped: %s', (group, version, kind, expected) => {
  expect(isClusterScoped({ group, version, kind })).toBe(expected);
});

describe('a schema of a tree', () => {
  const yaml = `definitions:
  Widget:
    x-kubernetes-group-version-kind: [{group: example.com, version: v1, kind: Widget}]
    properties:
      spec: {$ref: '#/definitions/a~1b'}
      map: {additionalProperties: {$ref: '#/definitions/Parts'}}
      loop: {$ref: '#/definitions/Loop'}
      pod: {$ref: '#/definitions/io.k8s.api.core.v1.PodSpec'}
  a/b:
    properties:
      parts: {type: array, items: {$ref: '#/definitions/a~1b'}, x-kubernetes-patch-strategy: merge, x-kubernetes-patch-merge-key: id}
      pairs: {type: [array], items: {}, x-kubernetes-patch-strategy: 'retainKeys,merge', x-kubernetes-list-map-keys: [a, b]}
      keyOnly: {type: array, items: {}, x-kubernetes-patch-merge-key: id}
  Parts: {type: array, items: {}, x-kubernetes-patch-strategy: merge, x-kubernetes-patch-merge-key: x}
  Loop: {$ref: '#/definitions/Loop'}
`;
  const schema = loadMergeSchema(new SourceFile('schema.yaml', yaml));
  const list = (...path: string[]) => follow(schema, 'example.com/v1', 'Widget', ...path);

  test('has the lists of its definitions', () => {
    expect(list('spec', 'parts')).toMatchObject({ isMergedList: true, mergeKeys: ['id'] });
    expect(list('spec', 'parts', '[]', 'parts')).toMatchObject({ isMergedList: true, mergeKeys: ['id'] });
    expect(list('spec', 'pairs')).toMatchObject({ isMergedList: true, mergeKeys: ['a', 'b'] });
    expect(list('spec', 'keyOnly')).toMatchObject({ isMergedList: false });
    expect(list('map', 'anything')).toMatchObject({ isMergedList: true, mergeKeys: ['x'] });
    expect(list('spec', 'nothing')).toBeUndefined();
    expect(list('loop')).toBeUndefined();
    expect(list('spec')?.items()).toBeUndefined();
  });

  test('stands alone, unless kustomize had taken to the embedded one', () => {
    expect(schema.ofKind('v1', 'Pod')).toBeUndefined();
    expect(list('pod')).toBeUndefined();
    const both = loadMergeSchema(new SourceFile('schema.yaml', yaml), true);
    expect(both.ofKind('v1', 'Pod')).toBeDefined();
    expect(follow(both, 'example.com/v1', 'Widget', 'pod', 'containers')?.mergeKeys).toEqual(['name']);
  });

  test('may be JSON', () => {
    const json = '{"definitions": {"W": {"x-kubernetes-group-version-kind": [{"version": "v1", "kind": "W"}]}}}';
    expect(loadMergeSchema(new SourceFile('schema.json', json)).ofKind('v1', 'W')).toBeDefined();
  });

  test.each(['# nothing', 'null', '{"definitions": null, "paths": null}', 'definitions: {W: null}'])(
    '%s is an empty schema',
    (text) => {
      expect(loadMergeSchema(new SourceFile('schema', text)).ofKind('v1', 'W')).toBeUndefined();
    },
  );

  test('takes the last of repeated keys', () => {
    const repeated = yaml.replace('definitions:', 'definitions: {}\ndefinitions:');
    expect(loadMergeSchema(new SourceFile('schema.yaml', repeated)).ofKind('example.com/v1', 'Widget')).toBeDefined();
  });

  test.each([
    ['{"definitions": {}', 'invalid JSON: a comma or `}` is expected here'],
    ['definitions: [', 'invalid YAML'],
    ['- 1', 'an OpenAPI schema is a map with `definitions`, but this is not one'],
    ['', 'an OpenAPI schema is a map with `definitions`, but this is not one'],
    ['definitions: []', '`definitions` of an OpenAPI schema is a map, but this is not one'],
    ['{"definitions": {"W": "x"}}', '`W` in `definitions` of an OpenAPI schema is a map, but this is not one'],
    ['{"paths": "x"}', '`paths` of an OpenAPI schema is a map, but this is not one'],
    ['paths: {/w: []}', '`/w` in `paths` of an OpenAPI schema is a map, but this is not one'],
  ])('%s is refused', (text, message) => {
    expect(() => loadMergeSchema(new SourceFile('schema', text))).toThrow(message);
  });
});

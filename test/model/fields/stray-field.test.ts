import { describe, expect, test } from 'vitest';
import { findStrayFields } from '../../../src/model/fields/stray-field.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** The stray fields of one workload, with what is said of each. */
function straysIn(kind: string, spec: string): string[] {
  const group = kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1';
  const { workloads } = modelFromYaml(`apiVersion: ${group}\nkind: ${kind}\nmetadata: {name: shop}\nspec: ${spec}\n`);
  return workloads.flatMap((workload) =>
    findStrayFields(workload).map(({ view, meant, home }) => `${view.path}: ${meant ?? `in ${home}`}`),
  );
}

/** A Job whose container, pod and spec have these fields besides. */
function job({ container = '', pod = '', own = '' }): string {
  return `{${own} template: {spec: {${pod} containers: [{${container} name: main, image: shop}]}}}`;
}

describe('stray-field', () => {
  test.each([
    [job({ own: 'backofLimit: 0,' }), 'spec.backofLimit: backoffLimit'],
    [job({ own: 'ttlSecondAfterFinish: 60,' }), undefined],
    [job({ own: 'BackoffLimit: 0,' }), 'spec.BackoffLimit: backoffLimit'],
    [job({ own: 'restartPolicy: Never,' }), 'spec.restartPolicy: in `spec.template.spec`'],
    [job({ pod: 'backoffLimit: 0,' }), 'spec.template.spec.backoffLimit: in `spec`'],
    [job({ pod: 'command: [a],' }), 'spec.template.spec.command: in the container'],
    [job({ pod: 'initContainer: [],' }), 'spec.template.spec.initContainer: initContainers'],
    [job({ container: 'arg: [a],' }), 'spec.template.spec.containers[0].arg: args'],
    [job({ container: 'envForm: [],' }), 'spec.template.spec.containers[0].envForm: envFrom'],
    [
      job({ container: 'env: [{name: A, valueForm: {}}],' }),
      'spec.template.spec.containers[0].env[0].valueForm: valueFrom',
    ],
    [
      job({ container: 'envFrom: [{secretref: {name: a}}],' }),
      'spec.template.spec.containers[0].envFrom[0].secretref: secretRef',
    ],
    [
      job({ container: 'envFrom: [{secretRef: {name: a, prefix: A_}}],' }),
      'spec.template.spec.containers[0].envFrom[0].secretRef.prefix: in an item of `envFrom`',
    ],
    [
      job({ container: 'readinessProbe: {exec: {}, resources: {}},' }),
      'spec.template.spec.containers[0].readinessProbe.resources: in the container',
    ],
    [
      job({ container: 'resources: {cpu: 1},' }),
      'spec.template.spec.containers[0].resources.cpu: in `requests` or `limits`',
    ],
    [job({ container: 'limits: {cpu: 1},' }), 'spec.template.spec.containers[0].limits: in `resources`'],
    [job({ container: 'runAsUser: 1,' }), 'spec.template.spec.containers[0].runAsUser: in `securityContext`'],
    [job({ pod: 'fsGroup: 1,' }), 'spec.template.spec.fsGroup: in `securityContext`'],
    [job({ pod: 'metadata: {},' }), 'spec.template.spec.metadata: in `spec.template`'],
    [job({ own: 'metadata: {},' }), 'spec.metadata: in `spec.template`'],
    [job({ container: 'envFrom: [{secretRef: {name: a, namespace: b}}],' }), undefined],
    [job({ container: 'memory: 1Gi,' }), undefined],
    [job({ container: 'age: [a],' }), undefined],
    [
      job({ container: 'resources: {nvidia.com/gpu: 1},' }),
      'spec.template.spec.containers[0].resources["nvidia.com/gpu"]: in `requests` or `limits`',
    ],
    [
      '{template: {metadata: {lables: {a: b}}, spec: {containers: [{name: a}]}}}',
      'spec.template.metadata.lables: labels',
    ],
    ['{template: {labels: {a: b}, spec: {containers: [{name: a}]}}}', 'spec.template.labels: in `metadata`'],
  ])('a slip or a wrong level: %s', (spec, expected) => {
    expect(straysIn('Job', spec)).toEqual(expected === undefined ? [] : [expected]);
  });

  test.each([
    ['v1', 'ConfigMap', 'metadata: {name: a, data: {}}', 'metadata.data: in the top of the object'],
    ['v1', 'Service', 'spec: {metadata: {}, port: []}', 'spec.metadata: in the top of the object, spec.port: ports'],
    ['rbac.authorization.k8s.io/v1', 'Role', 'metadata: {rules: []}', 'metadata.rules: in the top of the object'],
  ])('of %s %s: %s', (apiVersion, kind, fields, expected) => {
    const objects = modelFromYaml(`{apiVersion: ${apiVersion}, kind: ${kind}, ${fields}}\n`).standardObjects();
    const found = objects
      .flatMap(findStrayFields)
      .map(({ view, meant, home }) => `${view.path}: ${meant ?? `in ${home}`}`);
    expect(found.join(', ')).toBe(expected);
  });

  test('a slip in a CronJob', () => {
    expect(straysIn('CronJob', `{jobTemplate: {spec: ${job({ own: 'backofLimit: 0,' })}}}`)).toEqual([
      'spec.jobTemplate.spec.backofLimit: backoffLimit',
    ]);
  });

  test.each([
    ['a field of a later Kubernetes', 'Job', job({ pod: 'schedulingGroup: a,', own: 'gang: {},' })],
    ['at a level of another path', 'CronJob', `{jobTemplate: {spec: ${job({ pod: 'backoffLimit: 0,' })}}}`],
    ['in a container of another path', 'CronJob', `{jobTemplate: {spec: ${job({ container: 'volumes: [],' })}}}`],
    ['what its kind has', 'StatefulSet', job({ own: 'serviceName: shop, replicas: 2,' })],
    ['what its kind has', 'Deployment', job({ own: 'minReadySeconds: 5, replicas: 2,' })],
    ['what its kind has', 'DaemonSet', job({ own: 'updateStrategy: {},' })],
  ])('no stray field: %s, %s', (_, kind, spec) => {
    expect(straysIn(kind, spec)).toEqual([]);
  });
});

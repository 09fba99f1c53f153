import { describe, expect, test } from 'vitest';
import { type FieldFault, findFieldFaults } from '../../../src/model/fields/field-fault.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** The faults of a Job with these settings in its spec, pod and container, each in a few words. */
function faultsOf({ job = '', pod = '', container = 'name: main' }): string[] {
  const { workloads } = modelFromYaml(
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop}\nspec: {${job} template: {spec: {${pod} containers: [{${container}}]}}}\n`,
  );
  return workloads.flatMap(({ view }) => findFieldFaults(view, 'Job')).map(describeFault);
}

function describeFault(fault: FieldFault): string {
  const path = fault.view.path.replace(/^spec\.(template\.spec\.(containers\[0\]\.?)?)?/, '');
  switch (fault.kind) {
    case 'shape':
      return `${path}: ${fault.is} for ${fault.wanted}`;
    case 'missing':
      return `${path} lacks ${fault.key}`;
    case 'no choice':
      return `${path} lacks one of ${fault.keys.join(' ')}`;
    case 'value':
      return `${path}: ${fault.text}`;
    case 'key':
      return `key ${path}`;
  }
}

describe('field-type: the fields of a Job', () => {
  test.each([
    ['suspend: 1,', ['suspend: number for boolean']],
    ['suspend: yes,', []],
    ['suspend: "",', ['suspend: text for boolean']],
    ['suspend: "true",', ['suspend: text for boolean']],
    ['backoffLimit: 0,', []],
    ['backoffLimit: 0x1,', []],
    ['backoffLimit: 1e1,', []],
    ['backoffLimit: 1.5,', ['backoffLimit: number for number']],
    ['backoffLimit: true,', ['backoffLimit: boolean for number']],
    ['backoffLimit: null,', []],
    ['backoffLimit: LIMIT,', []],
    ['backoffLimit: "1",', ['backoffLimit: text for number']],
    ['backoffLimit: [1],', ['backoffLimit: list for number']],
    ['activeDeadlineSeconds: 5 min,', ['activeDeadlineSeconds: text for number']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable as users write it.
    ['activeDeadlineSeconds: "${DEADLINE}",', []],
    ['unknown: [{a: b}],', []],
    ['completionMode: INDEXED,', ['completionMode: INDEXED']],
    ['completionMode: COMPLETION_MODE,', []],
  ])('of its spec: %s', (job, found) => {
    expect(faultsOf({ job })).toEqual(found);
  });

  test.each([
    ['securityContext: {supplementalGroups: [1, a1, x]},', []],
    ['securityContext: {supplementalGroups: [1, [2]]},', ['securityContext.supplementalGroups[1]: list for number']],
    ['securityContext: {supplementalGroups: 1},', ['securityContext.supplementalGroups: number for list']],
    ['securityContext: [],', ['securityContext: list for fields']],
    ['securityContext: none,', ['securityContext: text for fields']],
    ['nodeSelector: {disk: {}},', ['nodeSelector.disk: map for text']],
    ['nodeSelector: [],', ['nodeSelector: list for map']],
    ['nodeSelector: {disk: true, zone: yes},', ['nodeSelector.disk: boolean for text']],
    ['volumes: [{name: ""}],', ['volumes[0] lacks name']],
    ['volumes: [{nme: a}],', []],
    ['volumes: [{label: a}],', ['volumes[0] lacks name']],
    ['volumes: [null],', ['volumes[0] lacks name']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable as users write it.
    ['volumes: ["${VOLUME}"],', []],
    ['volumes: [{name: a, csi: {driver: b, volumeAttributes: {c d: e}}}],', []],
    ['volumes: [a],', ['volumes[0]: text for fields']],
    ['initContainers: {name: a},', ['initContainers: map for list']],
  ])('of its pod: %s', (pod, found) => {
    expect(faultsOf({ pod })).toEqual(found);
  });

  test.each([
    ['image: a', [' lacks name']],
    ['name: null', [' lacks name']],
    ['name: a, restartPolicyRules: [{action: Restart}]', []],
    ['name: a, env: [{name: A, value: "1.5"}]', []],
    ['name: a, resources: {limits: {cpu: [1]}}', ['resources.limits.cpu: list for amount']],
    ['name: a, ports: [{containerPort: ""}]', ['ports[0].containerPort: text for number']],
    ['name: a, envFrom: [{secretRef: {name: []}}]', ['envFrom[0].secretRef.name: list for text']],
    ['name: a, command: migrate', ['command: text for list']],
    ['name: a, command: [[a]]', ['command[0]: list for text']],
    ['name: a, ports: [{containerPort: 80}, {}]', ['ports[1] lacks containerPort']],
    [
      'name: a, resources: {limits: {cpu: 1, memory: 1Gi, ephemeral-storage: true}}',
      ['resources.limits.ephemeral-storage: boolean for amount'],
    ],
    ['name: a, envFrom: [{prefix: A_}]', ['envFrom[0] lacks one of configMapRef secretRef']],
    ['name: a, envFrom: [{confgMapRef: {name: a}}]', []],
    ['name: a, envFrom: [{secretRef: {}}]', ['envFrom[0].secretRef lacks name']],
    ['name: a, startupProbe: {httpGet: {path: /}}', ['startupProbe.httpGet lacks port']],
    ['name: a, startupProbe: {}', ['startupProbe lacks one of exec httpGet tcpSocket grpc']],
    ['name: a, lifecycle: {preStop: {}}', ['lifecycle.preStop lacks one of exec httpGet tcpSocket sleep']],
  ])('of its container: %s', (container, found) => {
    expect(faultsOf({ container })).toEqual(found);
  });

  test('which has no container', () => {
    const { workloads } = modelFromYaml(
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop}\nspec: {template: {spec: {containers: []}}}\n',
    );
    expect(workloads.flatMap(({ view }) => findFieldFaults(view, 'Job'))).toMatchObject([
      { kind: 'missing', key: 'containers' },
    ]);
  });
});

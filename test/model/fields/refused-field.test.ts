import { describe, expect, test } from 'vitest';
import { findRefusedFields } from '../../../src/model/fields/refused-field.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** What the API server refuses in a workload with this `spec`. */
function refusedIn(spec: string, kind = 'Deployment'): string[] {
  const groups: Readonly<Record<string, string>> = {
    Job: 'batch/v1',
    CronJob: 'batch/v1',
    Rollout: 'argoproj.io/v1alpha1',
  };
  const group = groups[kind] ?? 'apps/v1';
  const { workloads } = modelFromYaml(`apiVersion: ${group}\nkind: ${kind}\nmetadata: {name: shop}\nspec: ${spec}\n`);
  return workloads.flatMap((workload) => findRefusedFields(workload).map(({ what, hint }) => `${what}. ${hint}`));
}

/** A pod template whose one container has these fields. */
function pod(container: string, more = ''): string {
  return `{template: {metadata: {labels: {app: shop}}, spec: {${more} containers: [{name: main, image: shop, ${container}}]}}}`;
}

const from = 'valueFrom: {secretKeyRef: {name: a, key: b}}';

describe('refused-field', () => {
  test.each<[string, string, string[]]>([
    ['nothing', pod('env: [{name: A, value: b}]'), []],
    [
      'a value and a source',
      pod(`env: [{name: A, value: b, ${from}}]`),
      ['sets both `value` and `valueFrom` of variable `A` of container `main`. Remove one of them.'],
    ],
    ['an empty value and a source', pod(`env: [{name: A, value: "", ${from}}]`), []],
    ['a source alone', pod(`env: [{name: A, ${from}}]`), []],
    ['no source', pod('env: [{name: A, value: b, valueFrom: null}]'), []],
    [
      'two sources',
      pod('env: [{name: A, valueFrom: {secretKeyRef: {name: a, key: b}, configMapKeyRef: {name: a, key: b}}}]'),
      ['takes variable `A` of container `main` from `secretKeyRef` and `configMapKeyRef`. Remove one of them.'],
    ],
    [
      'a source and none',
      pod('env: [{name: A, valueFrom: {secretKeyRef: {name: a, key: b}, configMapKeyRef: null}}]'),
      [],
    ],
    [
      'keys beside a source that has none',
      pod('env: [{name: A, valueFrom: {configMapKeyRef: null, name: a, key: b}}]'),
      [],
    ],
    [
      'no image',
      '{template: {spec: {containers: [{name: main}]}}}',
      ['has no `image` in container `main`. Give the container an image.'],
    ],
    ['a volume', pod('volumeMounts: [{name: a, mountPath: /a}]', 'volumes: [{name: a, emptyDir: {}}],'), []],
    [
      'no volume',
      pod('volumeMounts: [{name: a, mountPath: /a}]', 'volumes: [{name: b, emptyDir: {}}],'),
      [
        'mounts volume `a` in container `main`, which its pod does not have. Add the volume to the pod, or remove the mount.',
      ],
    ],
    [
      'one path',
      pod('volumeMounts: [{name: a, mountPath: /a}, {name: a, mountPath: /a}]', 'volumes: [{name: a, emptyDir: {}}],'),
      ['mounts two volumes at `/a` in container `main`. Mount each volume at a path of its own.'],
    ],
    [
      'two paths',
      pod('volumeMounts: [{name: a, mountPath: /a}, {name: a, mountPath: /b}]', 'volumes: [{name: a, emptyDir: {}}],'),
      [],
    ],
  ])('%s', (_, spec, expected) => {
    expect(refusedIn(spec)).toEqual(expected);
  });

  const template = 'template: {metadata: {labels: {app: shop}}, spec: {containers: [{name: main, image: shop}]}}';
  const made = [
    'sets `spec.selector`, which Kubernetes makes itself for each Job. Remove it: Kubernetes gives the pods of each Job labels of their own and selects them by these.',
  ];
  test.each<[string, string, string[]]>([
    ['labels', 'selector: {matchLabels: {app: shop}}', made],
    ['expressions', 'selector: {matchExpressions: [{key: app, operator: Exists}]}', made],
    ['nothing', 'selector: {matchLabels: {}}', []],
    ['labels that it asks to choose', 'selector: {matchLabels: {app: shop}}, manualSelector: true', []],
    [
      'labels that its pods do not have',
      'selector: {matchLabels: {app: web}}, manualSelector: true',
      [
        'selects its pods by `app: web`, which its pod template does not have. Give the pod template this label. A selector cannot be changed once the object exists.',
      ],
    ],
  ])('a Job selects %s', (_, selector, expected) => {
    expect(refusedIn(`{${selector}, ${template}}`, 'Job')).toEqual(expected);
  });

  test.each<[string, string, number]>([
    ['Deployment', '{app: shop}', 0],
    ['Deployment', '{app: shop, tier: web}', 1],
    ['StatefulSet', '{app: other}', 1],
    ['CronJob', '{app: other}', 0],
  ])('%s with a selector %s', (kind, labels, count) => {
    const spec = pod('').replace('{template', `{selector: {matchLabels: ${labels}}, template`);
    expect(refusedIn(spec, kind)).toHaveLength(count);
  });

  test('claims of a StatefulSet are volumes', () => {
    const spec = pod('volumeMounts: [{name: data, mountPath: /a}]');
    const claims = spec.replace('{template', '{volumeClaimTemplates: [{metadata: {name: data}}], template');
    expect([refusedIn(claims, 'StatefulSet'), refusedIn(spec, 'StatefulSet').length]).toEqual([[], 1]);
  });

  test('of a Rollout only the image', () => {
    expect(refusedIn('{template: {spec: {containers: [{name: main}]}}}', 'Rollout')).toEqual([
      'has no `image` in container `main`. Give the container an image.',
    ]);
    expect(refusedIn(pod('volumeMounts: [{name: a, mountPath: /a}]'), 'Rollout')).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { isSound } from '../../../src/model/fields/is-sound.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

const job = `apiVersion: batch/v1
kind: Job
metadata: {name: migrate, labels: {app: shop, tier: web}}
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      nodeSelector:
      containers:
        - name: migrate
          image: shop-migration
          args: ["up"]
          env: [{name: MODE, value: ""}, {name: URL, valueFrom: {secretKeyRef: {name: db, key: url}}}]
          ports: [{containerPort: 80}]
          livenessProbe: {httpGet: {port: web}}
`;

describe('is-sound', () => {
  test('a Job with what its fields take, and a null, which is as good as no field', () => {
    expect(soundness(job)).toEqual([true]);
  });

  test.each([
    ['a field that no Job has', 'backoffLimit: 0', 'backofLimit: 0'],
    ['a text where a number belongs', 'backoffLimit: 0', 'backoffLimit: "0"'],
    ['a number where a text belongs', 'app: shop', 'app: 7'],
    ['a label that is no label', 'app: shop', 'app: a b'],
    ['a key that is none of a label', 'tier: web', 'a b: web'],
    ['a name that is none', 'name: migrate, labels', 'name: Migrate, labels'],
    ['a namespace that is none', 'name: migrate, labels', 'name: migrate, namespace: A, labels'],
    ['a fraction', 'backoffLimit: 0', 'backoffLimit: 0.5'],
    ['a boolean where a number or a text belongs', 'port: web', 'port: true'],
    ['a text where a list belongs', '["up"]', 'up'],
    ['a null in a list', '["up"]', '[~]'],
    ['a list where a map belongs', '{app: shop, tier: web}', '[app]'],
    ['a list where fields belong', '{httpGet: {port: web}}', '[httpGet]'],
    ['no required field', '{name: MODE, value: ""}', '{value: ""}'],
    ['a required field that is null', '{name: MODE,', '{name: ,'],
    ['a required field that is empty', '{name: MODE,', '{name: "",'],
    ['none of the fields of which one is needed', '{secretKeyRef: {name: db, key: url}}', '{}'],
    ['an empty list that is required', '      containers:', '      containers: []\n      initContainers:'],
    ['a kind of another group', 'batch/v1\nkind: Job', 'argoproj.io/v1alpha1\nkind: Rollout'],
  ])('not with %s', (_, written, instead) => {
    expect(job).toContain(written);
    expect(soundness(job.replace(written, instead))).toEqual([false]);
  });
});

function soundness(yaml: string): boolean[] {
  return modelFromYaml(yaml).workloads.map(isSound);
}

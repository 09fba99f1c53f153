import { describe, expect, test } from 'vitest';
import { findIdlePolicies } from '../../../src/model/network/idle-policy.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

const migration =
  'apiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate, namespace: shop}\nspec: {template: {spec: {containers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy]}]}}}';

/** A Deployment with these labels, and these of its pods. */
function workload(own: string, ofPods: string, namespace = 'shop'): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: ${namespace}, labels: {${own}}}\nspec: {template: {metadata: {labels: {${ofPods}}}, spec: {containers: [{name: web, image: "web:v1"}]}}}`;
}

function policy(selector: string, name = 'a', namespace = 'shop'): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {podSelector: ${selector}}`;
}

/** The policies without pods: their names, the label and the workload that has it. */
function idleIn(...objects: readonly string[]): string[] {
  return findIdlePolicies(modelFromYaml(objects.join('\n---\n'))).map(
    ({ policies, key, label, workload: { object } }) =>
      `${policies.map((each) => each.object.name.value)}: ${key}=${label.value} of ${object.name.value}`,
  );
}

const byApp = '{matchLabels: {app: web}}';

describe('idle-policy', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['a label of the workload alone', [migration, policy(byApp), workload('app: web', '')], ['a: app=web of web']],
    ['a label of the pods', [migration, policy(byApp), workload('app: web', 'app: web')], []],
    [
      'a label of other pods',
      [migration, policy(byApp), workload('app: web', ''), workload('', 'app: web').replace('name: web', 'name: b')],
      [],
    ],
    [
      'a label of pods elsewhere',
      [migration, policy(byApp), workload('app: web', ''), workload('', 'app: web', 'other')],
      ['a: app=web of web'],
    ],
    ['a label of a workload elsewhere', [migration, policy(byApp), workload('app: web', '', 'other')], []],
    ['a label of nothing', [migration, policy(byApp), workload('app: shop', '')], []],
    ['all pods', [migration, policy('{}'), workload('app: web', '')], []],
    [
      'one of two labels',
      [migration, policy('{matchLabels: {tier: b, app: web}}'), workload('app: web, tier: b', 'tier: b')],
      ['a: app=web of web'],
    ],
    ['a label of another value', [migration, policy(byApp), workload('app: web', 'app: other')], []],
    [
      'no such label',
      [
        policy('{matchExpressions: [{key: app, operator: DoesNotExist}, {key: tier, operator: Exists}]}'),
        workload('tier: b', 'tier: c, app: web'),
        migration,
      ],
      [],
    ],
    [
      'several policies',
      [
        migration,
        policy(byApp),
        policy('{matchLabels: {tier: b}}', 'b'),
        policy(byApp, 'c'),
        workload('app: web, tier: b', ''),
      ],
      ['a,c: app=web of web', 'b: tier=b of web'],
    ],
    ['a tree without a migration', [policy(byApp), workload('app: web', '')], []],
  ])('%s', (_, objects, found) => {
    expect(idleIn(...objects)).toEqual(found);
  });
});

import { describe, expect, test } from 'vitest';
import { podsOf, Traffic } from '../../../src/model/network/traffic.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

function policy(spec: string, namespace = 'shop'): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: x, namespace: ${namespace}}\nspec: {${spec}}\n`;
}

function pod(labels: string, namespace = ', namespace: shop'): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: x${namespace}, labels: {${labels}}}\nspec: {containers: [{name: x, image: x}]}\n`;
}

function namespace(name: string, labels: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {${labels}}}\n`;
}

describe('traffic: the labels of pods', () => {
  test("a Job's have more than it says", () => {
    const { workloads } = modelFromYaml(
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop, namespace: web}\nspec: {template: {metadata: {labels: {app: shop}}, spec: {containers: [{name: x, image: x}]}}}',
    );
    expect(podsOf(firstOf(workloads))).toEqual({
      labels: new Map([
        ['app', 'shop'],
        ['job-name', 'shop'],
        ['controller-uid', ''],
        ['batch.kubernetes.io/job-name', 'shop'],
        ['batch.kubernetes.io/controller-uid', ''],
      ]),
      namespace: 'web',
    });
  });

  test('others have their own', () => {
    const { workloads } = modelFromYaml(pod('app: shop'));
    expect(podsOf(firstOf(workloads))).toEqual({ labels: new Map([['app', 'shop']]), namespace: 'shop' });
  });
});

describe('traffic: which policies restrict a pod', () => {
  test.each([
    ['one of its labels', policy('podSelector: {matchLabels: {app: shop}}, policyTypes: [Egress]'), true],
    ['one of other labels', policy('podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]'), false],
    ['one of another namespace', policy('podSelector: {}, policyTypes: [Egress]', 'web'), false],
    ['one of the other direction', policy('podSelector: {}, policyTypes: [Ingress]'), false],
  ])('%s', (_, written, expected) => {
    const { workloads, networkPolicies, listed } = modelFromYaml(`${pod('app: shop')}---\n${written}`);
    const policies = networkPolicies();
    const restricting = new Traffic(policies, listed).restricting(podsOf(firstOf(workloads)), 'egress');
    expect(restricting).toEqual(expected ? policies : []);
  });
});

describe('traffic: what a rule covers', () => {
  const team = '{namespaceSelector: {matchLabels: {team: shop}}}';
  const named = '{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: data}}}';
  const both = '{namespaceSelector: {matchLabels: {team: shop, kubernetes.io/metadata.name: data}}}';

  test.each<[string, peers: string, podNamespace: string, more: string, expected: boolean]>([
    ['no peers', '', 'data', '', true],
    ['an address', '{ipBlock: {cidr: 10.0.0.0/8}}', 'data', '', true],
    ['labels of pods in the namespace of the policy', '{podSelector: {matchLabels: {app: db}}}', 'shop', '', true],
    ['labels of pods in another', '{podSelector: {matchLabels: {app: db}}}', 'data', '', false],
    ['labels that others have', '{podSelector: {matchLabels: {app: web}}}', 'shop', '', false],
    ['one of several', '{podSelector: {matchLabels: {app: web}}}, {podSelector: {}}', 'shop', '', true],
    ['a namespace by its name', named, 'data', '', true],
    ['another namespace by its name', named, 'web', '', false],
    [
      'a namespace by its name, and other labels of pods',
      named.replace('}}}', '}}, podSelector: {matchLabels: {app: web}}}'),
      'data',
      '',
      false,
    ],
    ['a namespace by a label that it has', team, 'data', namespace('data', 'team: shop'), true],
    ['a namespace by a label that it lacks', team, 'data', namespace('data', 'team: web'), false],
    [
      'a namespace by a label that another has',
      team,
      'data',
      `${namespace('shop', 'team: shop')}---\n${namespace('data', '')}`,
      false,
    ],
    ['a namespace that is not in the tree, by a label', team, 'data', namespace('shop', 'team: web'), true],
    ['a namespace that is not in the tree, by name and label', both, 'data', '', true],
    ['a namespace by name and label', both, 'data', namespace('data', 'team: shop'), true],
    ['all namespaces', '{namespaceSelector: {}}', 'data', '', true],
    ['pods without a namespace', team, '', namespace('data', 'team: web'), true],
  ])('%s', (_, peers, podNamespace, more, expected) => {
    const { workloads, networkPolicies, listed } = modelFromYaml(
      [
        pod('app: db', podNamespace === '' ? '' : `, namespace: ${podNamespace}`),
        policy(`podSelector: {}, egress: [{to: [${peers}]}]`),
        ...(more === '' ? [] : [more]),
      ].join('---\n'),
    );
    const policies = networkPolicies();
    const own = firstOf(policies);
    const covered = new Traffic(policies, listed).covers(firstOf(own.egress ?? []), own, podsOf(firstOf(workloads)));
    expect(covered).toBe(expected);
  });
});

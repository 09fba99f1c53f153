import { describe, expect, test } from 'vitest';
import { findQuotaGap } from '../../../src/model/quotas/quota-gap.ts';
import { firstOf } from '../../support/first-of.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

function object(kind: string, spec: string, apiVersion = 'v1', namespace = 'shop'): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x, namespace: ${namespace}}\nspec: {${spec}}\n`;
}

describe('quota: what it counts', () => {
  test.each<[string, string, string[] | undefined]>([
    [
      'all',
      object('ResourceQuota', 'hard: {requests.cpu: 1, requests.memory: 1Gi, limits.cpu: 1, limits.memory: 1Gi}'),
      ['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'],
    ],
    ['short names', object('ResourceQuota', 'hard: {cpu: 1, memory: 1Gi}'), ['requests.cpu', 'requests.memory']],
    ['others', object('ResourceQuota', 'hard: {pods: 4, limits.cpu: 1}'), ['limits.cpu']],
    ['only others', object('ResourceQuota', 'hard: {pods: 4}'), undefined],
    ['nothing', object('ResourceQuota', ''), undefined],
    ['some pods, by scopes', object('ResourceQuota', 'scopes: [BestEffort], hard: {cpu: 1}'), undefined],
    [
      'some pods, by a selector',
      object('ResourceQuota', 'scopeSelector: {matchExpressions: []}, hard: {cpu: 1}'),
      undefined,
    ],
    ['another kind', object('Quota', 'hard: {cpu: 1}'), undefined],
    ['the kind of another API', object('ResourceQuota', 'hard: {cpu: 1}', 'example.com/v1'), undefined],
  ])('%s', (_, text, expected) => {
    const counts = modelFromYaml(text)
      .quotas()
      .map((quota) => [...quota.counts.keys()]);
    expect(counts).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe('quota: what a LimitRange gives', () => {
  test.each<[string, string[]]>([
    ['{type: Container, default: {cpu: 1}}', ['limits.cpu', 'requests.cpu']],
    ['{type: Container, default: {memory: 1Gi}}', ['limits.memory', 'requests.memory']],
    ['{type: Container, max: {cpu: 1}}', ['limits.cpu', 'requests.cpu']],
    ['{type: Container, defaultRequest: {cpu: 1}}', ['requests.cpu']],
    ['{type: Container, min: {memory: 1Mi}}', ['requests.memory']],
    ['{type: Pod, max: {cpu: 1}}', []],
    ['{type: Pod, max: {cpu: 1}}, {type: Container, min: {cpu: 1}}', ['requests.cpu']],
  ])('%s', (limits, expected) => {
    const [defaults, ...others] = modelFromYaml(object('LimitRange', `limits: [${limits}]`)).defaults();
    expect(defaults).toEqual({ namespace: 'shop', gives: new Set(expected) });
    expect(others).toEqual([]);
  });

  test.each([
    ['another kind', object('Limits', 'limits: [{type: Container, max: {cpu: 1}}]')],
    ['the kind of another API', object('LimitRange', 'limits: []', 'example.com/v1')],
  ])('not %s', (_, text) => expect(modelFromYaml(text).defaults()).toEqual([]));
});

describe('quota-gap', () => {
  const workload = (name: string, container: string, pod = '', namespace = 'shop') =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {template: {spec: {${pod} containers: [{name: main, image: x, ${container}}]}}}\n`;
  const quota = object('ResourceQuota', 'hard: {limits.cpu: 4, requests.memory: 4Gi}');
  const complete = 'resources: {limits: {cpu: 1, memory: 1Gi}}';
  const neighbour = workload('other', complete);

  /** The first container of Deployment `own` that lacks something, and what it lacks. */
  function gapOf(own: string, ...more: readonly string[]): string | undefined {
    const model = modelFromYaml([own, ...more].join('---\n'));
    const gap = findQuotaGap(model, firstOf(model.workloads));
    return gap && `${gap.container.get('name').text().value} lacks ${gap.missing.join(' and ')}`;
  }

  test.each<[string, string, string[], string | undefined]>([
    [
      'nothing is stated',
      workload('own', 'tty: true'),
      [quota, neighbour],
      'main lacks limits.cpu and requests.memory',
    ],
    ['all is stated', workload('own', complete), [quota, neighbour], undefined],
    [
      'a request',
      workload('own', 'resources: {limits: {cpu: 1}, requests: {memory: 1Gi}}'),
      [quota, neighbour],
      undefined,
    ],
    [
      'a request for a limit',
      workload('own', 'resources: {requests: {cpu: 1, memory: 1Gi}}'),
      [quota, neighbour],
      'main lacks limits.cpu',
    ],
    [
      'an init container',
      workload('own', complete, 'initContainers: [{name: first, image: x}],'),
      [quota, neighbour],
      'first lacks limits.cpu and requests.memory',
    ],
    [
      'resources of the pod',
      workload('own', 'tty: true', 'resources: {limits: {cpu: 1}},'),
      [quota, neighbour],
      undefined,
    ],
    ['no neighbour that states them', workload('own', 'tty: true'), [quota, workload('other', 'tty: true')], undefined],
    [
      'a neighbour in another namespace',
      workload('own', 'tty: true'),
      [quota, workload('other', complete, '', 'web')],
      undefined,
    ],
    ['no neighbour', workload('own', 'tty: true'), [quota], undefined],
    ['no quota', workload('own', 'tty: true'), [neighbour], undefined],
    [
      'a quota of another namespace',
      workload('own', 'tty: true'),
      [quota.replace('namespace: shop', 'namespace: web'), neighbour],
      undefined,
    ],
    [
      'defaults for all',
      workload('own', 'tty: true'),
      [quota, neighbour, object('LimitRange', 'limits: [{type: Container, max: {cpu: 1, memory: 1Gi}}]')],
      undefined,
    ],
    [
      'defaults for one',
      workload('own', 'tty: true'),
      [quota, neighbour, object('LimitRange', 'limits: [{type: Container, max: {cpu: 1}}]')],
      'main lacks requests.memory',
    ],
    [
      'defaults of another namespace',
      workload('own', 'tty: true'),
      [quota, neighbour, object('LimitRange', 'limits: [{type: Container, max: {cpu: 1, memory: 1Gi}}]', 'v1', 'web')],
      'main lacks limits.cpu and requests.memory',
    ],
  ])('%s', (_, own, more, expected) => expect(gapOf(own, ...more)).toBe(expected));
});

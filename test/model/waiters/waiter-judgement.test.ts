import { describe, expect, test } from 'vitest';
import { readAwaitedItems } from '../../../src/model/waiters/reading/waiter-wait-for-multi.ts';
import type { JobWaiter } from '../../../src/model/waiters/waiter.ts';
import { judgeCondition } from '../../../src/model/waiters/waiter-condition.ts';
import { judgeWaiterImage } from '../../../src/model/waiters/waiter-image.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

function waitersOf(script: string): JobWaiter[] {
  const { waiters } = modelFromYaml(`
apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  initContainers: [{name: wait, image: tools, command: [sh, -c, ${JSON.stringify(script)}]}]
  containers: [{name: main, image: shop}]
`);
  return waiters.flatMap((waiter) => (waiter.kind === 'job' ? [waiter] : []));
}

describe('waiter-condition', () => {
  test.each([
    ['condition=complete', undefined],
    ['condition=Complete=True', undefined],
    ['condition=SuccessCriteriaMet', undefined],
    ['condition=failed', 'failure'],
    ['condition=FailureTarget=true', 'failure'],
    ['condition=failed=false', undefined],
    ['condition=completed', 'never'],
    ['condition=incomplete', 'never'],
    ['condition=notfailed', 'never'],
    ['condition=failedly', 'never'],
    ['condition=ready', 'never'],
    ['delete', 'deletion'],
    ['create', 'creation'],
    ['deleted', undefined],
    ['jsonpath={.status.succeeded}=1', undefined],
    ['pre-condition=ready', undefined],
    ['condition=$WHAT', undefined],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable that Flux fills.
    ['condition=${WHAT:=x}', undefined],
  ])('%s: %s', (condition, expected) => {
    const waiters = waitersOf(`kubectl wait --for='${condition}' job/a`);
    expect(waiters.map((waiter) => judgeCondition(waiter, waiters))).toEqual([expected]);
  });

  test.each([
    [
      'kubectl wait --for=condition=failed job/a & kubectl wait --for=condition=complete job/a & wait -n',
      [undefined, undefined],
    ],
    ['kubectl wait --for=condition=failed job/a; kubectl wait --for=delete job/a', ['failure', 'deletion']],
    ['kubectl wait --for=condition=failed job/a; kubectl wait job/a', [undefined, undefined]],
    ['while kubectl get job/a; do kubectl wait --for=condition=failed job/a; done', [undefined, 'failure']],
  ])('%s', (script, expected) => {
    const waiters = waitersOf(script);
    expect(waiters.map((waiter) => judgeCondition(waiter, waiters))).toEqual(expected);
  });

  test('what another container waits for does not count', () => {
    const [failed] = waitersOf('kubectl wait --for=condition=failed job/a');
    const others = waitersOf('kubectl wait --for=condition=complete job/a');
    expect(failed && judgeCondition(failed, [failed, ...others])).toBe('failure');
  });
});

describe('waiter-wait-for-multi', () => {
  test.each([
    [
      ['db,job,a', 'pod,b', 'c'],
      ['job a in db', 'pod b in default', 'pod c in default'],
    ],
    [['-t', '5m', '--sync-period', '1s', 'a'], ['pod a in default']],
    [['--timeout=5m', '--no-utf', 'a'], ['pod a in default']],
    [
      ['-n', 'web', 'a', 'db,pod,b'],
      ['pod a in web', 'pod b in db'],
    ],
    [['-n'], []],
    [['tini', '--', '/k8s-wait-for-multi', 'a'], ['pod a in default']],
    [
      ['dumb-inits', 'my-tini'],
      ['pod dumb-inits in default', 'pod my-tini in default'],
    ],
    [['a-'], ['pod a- in default']],
    [
      ['x-n', 'a'],
      ['pod x-n in default', 'pod a in default'],
    ],
    [['$(NS),job,a'], ['job a']],
    [[], []],
  ])('%j: %j', (args, expected) => {
    const { workloads } = modelFromYaml(
      `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: wait, args: ${JSON.stringify(args)}}]}`,
    );
    const found = workloads
      .flatMap(({ pod }) => pod.containers)
      .flatMap((container) => readAwaitedItems(container.args, container))
      .map(({ kind, name, namespace }) => `${kind} ${name.value}${namespace ? ` in ${namespace.value}` : ''}`);
    expect(found).toEqual(expected);
  });
});

describe('waiter-image', () => {
  const unreadable = (version: string) => ({ kind: 'unreadable', version });
  const mutable = (tag: string | undefined) => ({ kind: 'mutable', tag });
  const withdrawn = { kind: 'withdrawn' };
  const sum = '0123456789abcdef'.repeat(4);
  test.each([
    ['groundnuty/k8s-wait-for:v2.0', undefined],
    ['groundnuty/k8s-wait-for:v1.1', undefined],
    ['groundnuty/k8s-wait-for:v1.2', unreadable('1.2')],
    ['groundnuty/k8s-wait-for:v1.5.1', unreadable('1.5')],
    ['groundnuty/k8s-wait-for:v1.6', unreadable('1.6')],
    ['groundnuty/k8s-wait-for:1.7', unreadable('1.7')],
    ['groundnuty/k8s-wait-for:no-root-v1.7', unreadable('1.7')],
    ['groundnuty/k8s-wait-for:v1.7.1', unreadable('1.7')],
    ['groundnuty/k8s-wait-for:v1.7-alpine', unreadable('1.7')],
    ['groundnuty/k8s-wait-for:v1.7@sha256:ab', unreadable('1.7')],
    ['groundnuty/k8s-wait-for:v1.60', undefined],
    ['groundnuty/k8s-wait-for:v11.6', undefined],
    ['groundnuty/k8s-wait-for:root-v1.6', undefined],
    ['groundnuty/k8s-wait-for@sha256:ab', undefined],
    ['groundnuty/k8s-wait-for', mutable(undefined)],
    ['groundnuty/k8s-wait-for:latest', mutable('latest')],
    ['groundnuty/k8s-wait-for:latest@sha256:ab', undefined],
    ['erayan/k8s-wait-for-multi:nonroot', mutable('nonroot')],
    ['erayan/k8s-wait-for-multi:v1.7', undefined],
    ['tools:nonroot', undefined],
    ['bitnami/kubectl:1.30', withdrawn],
    ['docker.io/bitnami/kubectl:1.30', withdrawn],
    ['docker.io/bitnami/kubectl@sha256:ab', undefined],
    ['index.docker.io/bitnami/kubectl:1.33.0', withdrawn],
    ['registry-1.docker.io/bitnami/kubectl:1', withdrawn],
    ['bitnami/kubectl:latest', mutable('latest')],
    ['bitnami/kubectl', mutable(undefined)],
    ['registry.example.com/bitnami/kubectl:1.30', undefined],
    ['bitnami/kubectl-tools:1.30', undefined],
    ['bitnamilegacy/kubectl:1.30', undefined],
    ['registry.k8s.io/kubectl:v1.34.0', undefined],
    [`bitnami/kubectl:${sum}`, { kind: 'digest as tag', repository: 'bitnami/kubectl', tag: sum }],
    [`bitnami/kubectl:${sum.slice(1)}`, withdrawn],
    [`bitnami/kubectl:sha256:${sum}`, undefined],
    [`bitnami/kubectl@sha256:${sum}`, undefined],
    ['""', undefined],
  ])('%s: %j', (image, expected) => {
    const { workloads } = modelFromYaml(`
apiVersion: v1
kind: Pod
metadata: {name: shop}
spec: {containers: [{name: wait, image: ${image}}]}
`);
    expect(workloads[0]?.pod.containers.map(judgeWaiterImage)).toEqual([expected]);
  });
});

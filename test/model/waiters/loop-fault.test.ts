import { describe, expect, test } from 'vitest';
import { findLoopFault } from '../../../src/model/waiters/loop-fault.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** What is wrong with the loops of an init container, and the part that shows it. */
function faultsOf(...words: readonly string[]): string[] {
  const { waiters } = modelFromYaml(
    `apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec: {initContainers: [{name: wait, image: kubectl, command: ${JSON.stringify(words)}}], containers: [{name: main, image: shop}]}`,
  );
  return waiters.flatMap((waiter) => {
    const fault = waiter.kind === 'job' ? findLoopFault(waiter) : undefined;
    return fault === undefined ? [] : `${fault.kind}: ${fault.part}`;
  });
}

const exists = 'until kubectl get job migrate; do sleep 1; done';
const any = 'until kubectl get jobs | grep 1/1; do sleep 1; done';
const rounds = 'for i in $(seq 60); do kubectl get job migrate | grep 1/1 && exit 0; sleep 1; done';

describe('loop-fault', () => {
  test.each([
    [exists, ['exists: kubectl get job migrate']],
    ['while ! kubectl get job migrate > /dev/null; do sleep 1; done', ['exists: kubectl get job migrate']],
    [any, ['any: kubectl get jobs']],
    [rounds, ['gives up: for i in $(seq 60)']],
    [`set -e\n${rounds}`, ['gives up: for i in $(seq 60)']],
  ])('%s', (script, expected) => expect(faultsOf('sh', '-c', script)).toEqual(expected));

  test.each([
    ['a look at the output', 'until kubectl get job migrate -o name; do sleep 1; done'],
    ['a look at one Job', 'until kubectl get job migrate | grep 1/1; do sleep 1; done'],
    ['an error at the end', `${rounds}; exit 1`],
    ['kubectl wait', 'until kubectl wait --for=condition=complete job/migrate; do sleep 1; done'],
    ['another call of kubectl', `${exists}; kubectl wait --for=condition=complete job/migrate`],
    ['another call of kubectl get', `${exists}; kubectl get job migrate | grep 1/1`],
    ['a long script', `${exists}\n${'# x\n'.repeat(250)}`],
  ])('not with %s', (_, script) => expect(faultsOf('sh', '-c', script)).toEqual([]));

  test('a script of just the length', () => {
    const script = `${exists}\n`;
    expect(faultsOf('sh', '-c', script + '#'.repeat(1000 - script.length))).toHaveLength(1);
    expect(faultsOf('sh', '-c', script + '#'.repeat(1001 - script.length))).toEqual([]);
  });

  test('not with kubectl in another argument', () => {
    expect(faultsOf('sh', '-c', exists, 'kubectl')).toEqual([]);
  });
});

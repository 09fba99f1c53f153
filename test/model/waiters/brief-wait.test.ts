import { describe, expect, test } from 'vitest';
import { findBriefWait } from '../../../src/model/waiters/brief-wait.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** The names of the containers that {@link findBriefWait} finds for each of the Jobs `migration` and `other`. */
function briefWaits(...initContainers: readonly string[]): (string | undefined)[] {
  const { jobs, ...model } = modelFromYaml(`apiVersion: batch/v1
kind: Job
metadata: {name: migration}
spec: {template: {spec: {initContainers: [${initContainers.join(', ')}], containers: [{name: main, image: shop}]}}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: other}
spec: {template: {spec: {containers: [{name: main, image: shop}]}}}
`);
  return jobs.map((job) => findBriefWait({ jobs, ...model }, job)?.container.name.value);
}

const shell = (script: string): string => `{name: wait, image: kubectl, command: [sh, -c, "${script}"]}`;
const waitForOther = 'kubectl wait --for=condition=complete job/other';

describe('brief-wait', () => {
  test.each([
    ['kubectl wait', shell(waitForOther)],
    ['kubectl wait after another command', shell(`echo; ${waitForOther}`)],
    ['k8s-wait-for', '{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, other]}'],
  ])('%s ends if the Job does not exist', (_, container) => {
    expect(briefWaits(container)).toEqual(['wait', undefined]);
  });

  test.each([
    ['a loop', shell(`until ${waitForOther}; do sleep 1; done`)],
    ['kubectl get in a loop', shell('until kubectl get job other | grep 1/1; do sleep 1; done')],
    ['k8s-wait-for-multi', '{name: wait, image: "ghcr.io/erayan/k8s-wait-for-multi:v1", args: ["job,other"]}'],
    ['a wait for something else', '{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [pod, other]}'],
  ])('%s does not', (_, container) => {
    expect(briefWaits(container)).toEqual([undefined, undefined]);
  });

  test('the first one counts', () => {
    const loop = shell(`until ${waitForOther}; do sleep 1; done`).replace('wait,', 'loop,');
    const second = shell(waitForOther).replace('wait,', 'second,');
    expect(briefWaits(loop, second, shell(waitForOther))).toEqual(['second', undefined]);
  });
});

import { describe, expect, test } from 'vitest';
import { findJobAsPod } from '../../../src/model/waiters/job-as-pod.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** The Jobs that a waiter with these arguments asks for as pods. */
function jobsAsPods(args: string): string[] {
  const job = (name: string) =>
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {template: {spec: {containers: [{name: a, image: "a:v1"}]}}}`;
  const model = modelFromYaml(
    [
      job('report'),
      job('migrate'),
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: ${args}}], containers: [{name: a, image: "a:v1"}]}}}`,
    ].join('\n---\n'),
  );
  return model.waiters.flatMap((waiter) => {
    const found = findJobAsPod(model, waiter);
    return found === undefined ? [] : [`${found.mode.value} ${found.name}: ${found.job.object.name.value}`];
  });
}

describe('job-as-pod', () => {
  test.each([
    ['[pod, migrate]', ['pod migrate: migrate']],
    ['[pod-wr, migrate]', ['pod-wr migrate: migrate']],
    ['[pod, migrate-x7k2p]', []],
    ['[pod, migrate, report]', []],
    ['[pod, "-lapp=migrate"]', []],
    ['[pod]', []],
    ['[service, migrate]', []],
    ['[job, migrate]', []],
  ])('%s', (args, found) => {
    expect(jobsAsPods(args)).toEqual(found);
  });
});

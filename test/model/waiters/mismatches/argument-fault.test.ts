import { describe, expect, test } from 'vitest';
import { explainArgument, splitKind } from '../../../../src/model/waiters/mismatches/argument-fault.ts';
import { firstOf } from '../../../support/first-of.ts';
import { modelFromYaml } from '../../../support/root-from-yaml.ts';

const waitFor = 'image: "groundnuty/k8s-wait-for:v2.0"';

/** What is wrong with the name that an init container waits for, and the advice; empty if it may be that of a Job. */
function faultOf(container: string): string {
  const { matches } = modelFromYaml(
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {initContainers: [{name: wait, ${container}}], containers: [{name: a, image: "a:v1"}]}}}\n`,
  );
  const match = firstOf(matches);
  if (match.target.kind !== 'name') throw new Error('no name');
  const fault = explainArgument(match, match.target.name.value, match.target.name.place);
  return fault === undefined ? '' : `${fault.clause}. ${fault.hint}`;
}

describe('argument-fault', () => {
  test.each([
    [`${waitFor}, args: [job-wr, migrate]`, ''],
    [
      `${waitFor}, args: [job-wr, $(JOB)]`,
      'the container has no variable `JOB`, so the argument stays as it is. Set `JOB` in the `env` of the container, to the name of the Job.',
    ],
    [
      `${waitFor}, args: [job-wr, migrate-$(TAG)], env: [{name: JOB_TAG, value: v1}]`,
      'the container has no variable `TAG`, so the argument stays as it is. Set `TAG` in the `env` of the container, to the name of the Job; it has only `JOB_TAG`.',
    ],
    [`${waitFor}, args: [job-wr, $(JOB)], envFrom: [{configMapRef: {name: a}}]`, ''],
    [
      `${waitFor}, args: [job-wr, job/migrate]`,
      'k8s-wait-for takes the bare name, and `kubectl describe jobs job/migrate` always fails. Leave out `job/`.',
    ],
    ['image: "bitnami/kubectl:1.31", command: [kubectl, wait, --for=condition=complete, jobs.v1.batch/migrate]', ''],
  ])('%s', (container, fault) => {
    expect(faultOf(container)).toBe(fault);
  });

  test.each([
    ['job/migrate', ['job/', 'migrate']],
    ['jobs/migrate/a', ['jobs/', 'migrate/a']],
    ['job.batch/migrate', ['job.batch/', 'migrate']],
    ['jobs.v1.batch/migrate', ['jobs.v1.batch/', 'migrate']],
    ['my-job/migrate', []],
    ['jobber/migrate', []],
    ['job/', []],
    ['migrate', []],
  ])('the kind before a name: %s', (asked, parts) => {
    expect(splitKind(asked)).toEqual(parts);
  });
});

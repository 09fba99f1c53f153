// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../../../src/model/model-roots.ts';
import { unmatchedTargets } from '../../../../src/model/waiters/mismatches/unmatched-target.ts';
import { firstOf } from '../../../support/first-of.ts';
import { rootFromYaml } from '../../../support/root-from-yaml.ts';

interface Written {
  /** Of the waiter. */
  readonly args: string;
  readonly jobs?: readonly string[];
  /** Jobs of another tree, with their namespace where they have one. */
  readonly elsewhere?: readonly string[];
  /** What a Flux Kustomization fills in. */
  readonly substitute?: string;
}

const job = (metadata: string): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {${metadata}}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: x}]}}}`;

/** Whether the waiter is reported for finding no Job. */
function isReported({ args, jobs = [], elsewhere = [], substitute }: Written): boolean {
  const service = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
spec:
  template:
    spec:
      initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: ${args}}]
      containers: [{name: main, image: x}]`;
  const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec: {path: ./tree/shop, postBuild: {substitute: {${substitute}}}}`;
  const roots = [
    rootFromYaml([service, ...jobs.map(job)].join('\n---\n'), '/tree/shop'),
    rootFromYaml(elsewhere.map(job).join('\n---\n'), '/tree/jobs'),
    ...(substitute === undefined ? [] : [rootFromYaml(flux, '/clusters')]),
  ];
  return unmatchedTargets(firstOf(modelRoots(roots, { dialect: '5.8' }))).length > 0;
}

describe('unmatched-target', () => {
  test.each([
    ['the Job is there', { args: '[job, migrate]', jobs: ['name: migrate'] }, false],
    ['another Job is there', { args: '[job, migrate]', jobs: ['name: other'] }, true],
    ['the Job is elsewhere', { args: '[job, migrate]', elsewhere: ['name: migrate'] }, false],
    [
      'the Job is elsewhere, in the namespace',
      { args: '[job, migrate]', elsewhere: ['name: migrate, namespace: shop'] },
      false,
    ],
    [
      'the Job is elsewhere, in another namespace',
      { args: '[job, migrate]', elsewhere: ['name: migrate, namespace: db'] },
      true,
    ],
    [
      'the Job is elsewhere, where it is looked for',
      { args: '[job, migrate, -n, db]', elsewhere: ['name: migrate, namespace: db'] },
      false,
    ],
    ['no Job with the labels', { args: '[job, -lapp=shop]', jobs: ['name: a, labels: {app: web}'] }, true],
    ['a Job with the labels', { args: '[job, -lapp=shop]', jobs: ['name: a, labels: {app: shop}'] }, false],
    [
      'a Job with the labels elsewhere',
      { args: '[job, "-lapp=shop,x=y"]', elsewhere: ['name: a, labels: {app: shop, x: "y"}'] },
      false,
    ],
    [
      'a Job with half of the labels elsewhere',
      { args: '[job, "-lapp=shop,x=y"]', elsewhere: ['name: a, labels: {app: shop}'] },
      true,
    ],
    [
      'labels that cannot be read, and a Job elsewhere',
      { args: '[job, "-lapp in (a)"]', elsewhere: ['name: a'] },
      false,
    ],
    ['a variable left in the name of a Job', { args: '[job, migrate-v1]', jobs: ['name: "migrate-${TAG}"'] }, true],
    ['a variable left in both', { args: '[job, "migrate-${TAG}"]', jobs: ['name: "migrate-${TAG}"'] }, false],
    ['another variable', { args: '[job, "migrate-${TAG}"]', jobs: ['name: "migrate-${VERSION}"'] }, true],
    [
      'a variable that Flux fills',
      { args: '[job, "migrate-${TAG}"]', jobs: ['name: migrate-v1'], substitute: 'TAG: v1' },
      false,
    ],
    [
      'a variable that Flux fills with something else, which its own build reports',
      { args: '[job, "migrate-${TAG}"]', jobs: ['name: migrate-v1'], substitute: 'TAG: v2' },
      false,
    ],
    [
      'a variable that Flux does not fill',
      { args: '[job, "migrate-${OTHER}"]', jobs: ['name: migrate-v1'], substitute: 'TAG: v1' },
      true,
    ],
    ['a name that no variable makes', { args: '[job, "migrations-${TAG}"]', jobs: ['name: "migrate-${TAG}"'] }, true],
  ])('%s', (_, written, expected) => expect(isReported(written)).toBe(expected));
});

import { describe, expect, test } from 'vitest';
import { isHeldBack } from '../../src/model/waiters/held-back.ts';
import { modelFromYaml } from './root-from-yaml.ts';

interface Written {
  /** Fields of the Deployment's spec, of its pod and of its container. */
  readonly spec?: string;
  readonly pod?: string;
  readonly container?: string;
  /** Annotations of the Deployment and of the Job. */
  readonly service?: string;
  readonly job?: string;
  readonly jobName?: string;
  /** What comes before the Deployment and the Job. */
  readonly before?: string;
  readonly isJobLast?: boolean;
  readonly applier?: 'argocd' | 'flux' | 'kubectl';
}

/** Whether a service is held back that depends on a migration by its settings. */
function heldBack({
  spec = '',
  pod = '',
  container = '',
  service = '',
  job = '',
  jobName = 'shop-migration-v1',
  before = '',
  isJobLast = true,
  applier = 'flux',
}: Written): boolean | undefined {
  const settings = 'envFrom: [{secretRef: {name: shop-database}}]';
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, annotations: {${service}}}
spec: {${spec} template: {spec: {${pod} containers: [{${container} name: main, image: "shop:v1", ${settings}}]}}}
`;
  const migration = `apiVersion: batch/v1
kind: Job
metadata: {name: ${jobName}, annotations: {${job}}}
spec: {template: {spec: {containers: [{name: main, image: "shop:v1", command: [npx, prisma, migrate, deploy], ${settings}}]}}}
`;
  const model = modelFromYaml(
    [before, ...(isJobLast ? [deployment, migration] : [migration, deployment])].join('---\n'),
    {
      applier,
    },
  );
  const services = model.releases.flatMap((release) => release.services);
  const found = services.find(({ workload }) => workload.object.name.value === 'shop');
  const dependency = found?.dependsOn.find(({ migration: { job: own } }) => own.object.name.value === jobName);
  return found && dependency && isHeldBack(model, found, dependency);
}

const other = `apiVersion: batch/v1
kind: Job
metadata: {name: other-v1}
spec: {template: {spec: {containers: [{name: main, image: other, command: [./seed]}]}}}
`;

function waiting(name: string, role = 'initContainers'): string {
  return `${role}: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${name}]}],`;
}

describe('held-back', () => {
  test.each<[string, Written, boolean]>([
    ['nothing holds it', {}, false],
    ['it has no pods', { spec: 'replicas: 0,' }, true],
    ['it has one', { spec: 'replicas: 1,' }, false],
    ['it waits for another Job', { pod: waiting('other-v1'), before: other }, false],
    ['it waits for a Job that is not there', { pod: waiting('absent-v1') }, true],
    [
      'it migrates the database itself',
      { pod: 'initContainers: [{name: migrate, image: "shop:v1", command: [npx, prisma, migrate, deploy]}],' },
      true,
    ],
    ['an init container of its own image', { pod: 'initContainers: [{name: check, image: "shop:v1"}],' }, true],
    ['one of another image', { pod: 'initContainers: [{name: check, image: check}],' }, false],
    ['an earlier wave has the Job', { applier: 'argocd', job: 'argocd.argoproj.io/sync-wave: "-1"' }, true],
    ['a later wave has the Job', { applier: 'argocd', job: 'argocd.argoproj.io/sync-wave: "1"' }, true],
    [
      'waves that another applier does not know',
      { applier: 'kubectl', job: 'argocd.argoproj.io/sync-wave: "-1"' },
      false,
    ],
    ['a Job under a fixed name', { jobName: 'shop-migration', applier: 'kubectl' }, true],
    [
      'one that is deleted before the apply',
      { jobName: 'shop-migration', job: 'argocd.argoproj.io/hook: Sync', applier: 'argocd' },
      false,
    ],
  ])('%s', (_, written, expected) => {
    expect(heldBack(written)).toBe(expected);
  });
});

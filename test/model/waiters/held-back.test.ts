import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { isHeldBack, isOpenBehindName } from '../../../src/model/waiters/held-back.ts';
import { deliveryByScript } from '../../support/delivery-by-script.ts';
import { firstOf } from '../../support/first-of.ts';
import { rootFromYaml } from '../../support/root-from-yaml.ts';

interface Written {
  /** Fields of the Deployment's spec and of its pod. */
  readonly spec?: string;
  readonly pod?: string;
  /** Annotations of the Deployment and of the Job. */
  readonly service?: string;
  readonly job?: string;
  readonly jobName?: string;
  /** What comes before the Deployment and the Job. */
  readonly before?: string;
  readonly isJobLast?: boolean;
  readonly applier?: 'argocd' | 'flux' | 'kubectl';
  /** Whether there is no kustomization. */
  readonly isPlain?: boolean;
  /** A script that deploys the tree. */
  readonly script?: string;
}

/** What a function says of a service that depends on a migration by its settings. */
function ask(
  question: typeof isHeldBack,
  {
    spec = '',
    pod = '',
    service = '',
    job = '',
    jobName = 'shop-migration-v1',
    before = '',
    isJobLast = true,
    applier = 'flux',
    isPlain = false,
    script,
  }: Written,
): boolean {
  const settings = 'envFrom: [{secretRef: {name: shop-database}}]';
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, annotations: {${service}}}
spec: {${spec} template: {spec: {${pod} containers: [{name: main, image: "shop:v1", ${settings}}]}}}
`;
  const migration = `apiVersion: batch/v1
kind: Job
metadata: {name: ${jobName}, annotations: {${job}}}
spec: {template: {spec: {containers: [{name: main, image: "shop:v1", command: [npx, prisma, migrate, deploy], ${settings}}]}}}
`;
  const root = rootFromYaml([before, ...(isJobLast ? [deployment, migration] : [migration, deployment])].join('---\n'));
  const model = firstOf(
    modelRoots([isPlain ? { ...root, kustomization: undefined } : root], {
      dialect: '5.8',
      applier,
      ...(script !== undefined && { delivery: () => deliveryByScript(script) }),
    }),
  );
  const services = model.releases.flatMap((release) => release.services);
  const found = firstOf(services.filter(({ workload }) => workload.object.name.value === 'shop'));
  return question(
    model,
    found,
    firstOf(found.dependsOn.filter(({ migration: { job: own } }) => own.object.name.value === jobName)),
  );
}

const other = `apiVersion: batch/v1
kind: Job
metadata: {name: other-v1}
spec: {template: {spec: {containers: [{name: main, image: other, command: [./seed]}]}}}
`;

/** An init container that waits for a Job. */
function waiting(name: string): string {
  return `initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, ${name}]}],`;
}

/** The same as a sidecar, which holds nothing back. */
function waitingBeside(name: string): string {
  return waiting(name).replace('{', '{restartPolicy: Always, ');
}

function waitingDeployment(pod: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {${pod} containers: [{name: main, image: web}]}}}
`;
}

const fixed = { jobName: 'shop-migration', applier: 'kubectl' } as const;
const deleting = 'kubectl delete job shop-migration';

describe('held-back', () => {
  test.each<[string, Written, boolean]>([
    ['nothing holds it', {}, false],
    ['it has no pods', { spec: 'replicas: 0,' }, true],
    ['it has one', { spec: 'replicas: 1,' }, false],
    ['it waits for another Job', { pod: waiting('other-v1'), before: other }, false],
    ['it waits for a Job that is not there', { pod: waiting('absent-v1') }, true],
    ['a sidecar waits', { pod: waitingBeside('absent-v1') }, true],
    [
      'a sidecar waits for a port',
      { pod: 'initContainers: [{restartPolicy: Always, name: wait-for-port, image: busybox, command: [nc, db]}],' },
      false,
    ],
    ['the sidecar of another service waits', { before: waitingDeployment(waitingBeside('absent-v1')) }, false],
    [
      'it migrates the database itself',
      { pod: 'initContainers: [{name: migrate, image: "tool:v1", command: [npx, prisma, migrate, deploy]}],' },
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
    ['a Job under a fixed name', fixed, true],
    [
      'one that is deleted before the apply',
      { jobName: 'shop-migration', job: 'argocd.argoproj.io/hook: Sync', applier: 'argocd' },
      false,
    ],
    ['one that a script deletes, after the service', { ...fixed, script: deleting }, true],
    ['one that a script deletes, before the service', { ...fixed, script: deleting, isJobLast: false }, false],
    [
      'one that a script deletes, without a kustomization',
      { ...fixed, script: deleting, isJobLast: false, isPlain: true },
      true,
    ],
  ])('%s', (_, written, expected) => {
    expect(ask(isHeldBack, written)).toBe(expected);
  });
});

describe('held-back: only the name of the Job has to change first', () => {
  test.each<[string, Written, boolean]>([
    ['under a fixed name, before the service', { ...fixed, isJobLast: false }, true],
    ['after the service', fixed, false],
    ['under a name with a version', { isJobLast: false }, false],
    ['where something else holds the service back', { ...fixed, isJobLast: false, spec: 'replicas: 0,' }, false],
    ['where a script deletes the Job', { ...fixed, isJobLast: false, script: deleting }, false],
  ])('%s', (_, written, expected) => {
    expect(ask(isOpenBehindName, written)).toBe(expected);
  });
});

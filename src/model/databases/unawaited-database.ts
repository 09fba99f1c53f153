import { argvOf, argvText } from '../../objects/argv.ts';
import { type KubernetesObject, sameNamespace } from '../../objects/kubernetes-object.ts';
import { allContainers, type Container, type Job } from '../../objects/workload.ts';
import { finishesBefore } from '../order/apply-order.ts';
import { serviceKinds } from '../releases/service-kind.ts';
import type { RootModel } from '../root-model.ts';
import { mentionsMigration } from '../tools/migration-names.ts';
import { databaseProbe } from './database-probe.ts';
import { isDatabase } from './database-server.ts';
import { findDatabaseServices, namesDatabase } from './database-service.ts';

/** A database that may come up along with a Job, or after it, and that nothing in the Job's pods waits for. */
export interface UnawaitedDatabase {
  /** Its Service; or its workload, if the tree does not show which database the Job uses; or a Job that creates a database. */
  readonly object: KubernetesObject;
  /** Whether the Job is known to use it. */
  readonly isCertain: boolean;
  /** Whether Argo CD applies it only after the Job; kubectl applies both together. */
  readonly isLater: boolean;
}

/** The first database of the build that a Job may need and does not wait for. */
export function findUnawaitedDatabase(model: RootModel, job: Job): UnawaitedDatabase | undefined {
  if (mayWaitForDatabase(job)) return undefined;
  const comesLater = (object: KubernetesObject): boolean => finishesBefore(model, job.object, object);
  const comesAlong = (object: KubernetesObject): boolean =>
    !finishesBefore(model, object, job.object) && !comesLater(object);
  const services = findDatabaseServices(model, job).filter((each) => leadsToPods(model, each));
  const service = services.find(comesAlong) ?? services.find(comesLater);
  if (service !== undefined) return { object: service, isCertain: true, isLater: !comesAlong(service) };
  const creator = model.jobs.find(
    (other) =>
      other !== job &&
      other.pod.containers.some(createsDatabase) &&
      sameNamespace(other.object.namespace.value, job.object.namespace.value) &&
      comesAlong(other.object),
  );
  if (creator !== undefined) return { object: creator.object, isCertain: false, isLater: false };
  if (namesDatabase(model, job)) return undefined;
  const server = model.workloads.find(
    (workload) =>
      serviceKinds.has(workload.object.kind) &&
      isDatabase(workload) &&
      sameNamespace(workload.object.namespace.value, job.object.namespace.value) &&
      comesAlong(workload.object),
  );
  return server && { object: server.object, isCertain: false, isLater: false };
}

function createsDatabase(container: Container): boolean {
  return argvOf(container).some(({ value }) => /\bcreate\s+database\b|\bcreatedb\b/i.test(value));
}

/**
 * Whether a Service selects pods. Otherwise its endpoints are managed elsewhere, and the database already runs outside
 * the build.
 */
function leadsToPods({ serviceObjects }: RootModel, service: KubernetesObject): boolean {
  return serviceObjects.some(({ object }) => object === service);
}

/**
 * Whether the pods of a Job may wait until a database answers: with a loop, or with something named for waiting. A
 * single probe, which fails if the database does not answer, is no wait. An init container without a command may wait,
 * unless it migrates itself.
 */
function mayWaitForDatabase({ pod }: Job): boolean {
  return allContainers(pod).some(mayWait);
}

function mayWait(container: Container): boolean {
  const { role, name, image } = container;
  const script = argvText(container);
  if (script === '') return role === 'init' && !mentionsMigration([name.value, image.value].join(' '));
  if (databaseProbe.test(script)) return loops.test(script);
  return waitWord.test([name.value, image.value, script].join(' '));
}

/** Does not match `waitlist`, `waiter` and the server Waitress. */
const waitWord = /wait(?!list|er\b|ress)|retry|retries/i;

const loops = /\b(until|while)\b|\bfor\s+\w+\s+in\b|\bfor\s*\(\(|retry|retries/i;

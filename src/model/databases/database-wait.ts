import { finishesBefore } from '../appliers/recreation.ts';
import { type KubernetesObject, sameNamespace } from '../objects/kubernetes-object.ts';
import { allContainers, type Container, type Job } from '../objects/workload.ts';
import { serviceKinds } from '../release.ts';
import type { RootModel } from '../root-model.ts';
import { isDatabase } from './database-server.ts';
import { findDatabaseServices, tellsDatabase } from './database-service.ts';

/** A database that may come up along with a Job, or after it, and that nothing in the Job's pods waits for. */
export interface UnawaitedDatabase {
  /** The Service that leads to it; or its workload, where the tree does not tell which database the Job works on. */
  readonly object: KubernetesObject;
  readonly isCertain: boolean;
}

export function findUnawaitedDatabase(model: RootModel, job: Job): UnawaitedDatabase | undefined {
  if (mayWaitForDatabase(job)) return undefined;
  const comesAlong = (object: KubernetesObject): boolean => !finishesBefore(model, object, job.object);
  const service = findDatabaseServices(model, job).find(comesAlong);
  if (service !== undefined) return { object: service, isCertain: true };
  if (tellsDatabase(model, job)) return undefined;
  const server = model.workloads.find(
    (workload) =>
      serviceKinds.has(workload.object.kind) &&
      isDatabase(workload) &&
      sameNamespace(workload.object.namespace.value, job.object.namespace.value) &&
      comesAlong(workload.object),
  );
  return server && { object: server.object, isCertain: false };
}

/**
 * Whether the pods of a Job wait until a database answers, as far as the tree tells: by a loop, or by what is there to
 * wait. One look at whether it answers, which fails where it does not, is no wait. What runs in an init container without
 * a command is not known, and may wait.
 */
function mayWaitForDatabase({ pod }: Job): boolean {
  return allContainers(pod).some(mayWait);
}

function mayWait(container: Container): boolean {
  const { role, name, image, command, args } = container;
  const script = [...command, ...args].map(({ value }) => value).join(' ');
  if (script === '') return role === 'init';
  if (databaseProbe.test(script)) return loops.test(script);
  return /wait|retry|retries/i.test([name.value, image.value, script].join(' '));
}

/** What asks whether a database answers, once. */
export const databaseProbe = /\b(pg_isready|mysqladmin|mariadb-admin|nc|ncat|netcat)\b|\/dev\/tcp\//;

const loops = /\b(until|while)\b|\bfor\s+\w+\s+in\b|\bfor\s*\(\(|retry|retries/i;

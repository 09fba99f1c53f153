import { finishesBefore } from '../appliers/recreation.ts';
import type { KubernetesObject } from '../objects/kubernetes-object.ts';
import { allContainers, type Container, type Job } from '../objects/workload.ts';
import type { RootModel } from '../root-model.ts';
import { findDatabaseServices } from './database-service.ts';

/** The Service of a database that may come up along with a Job, or after it, and that nothing in the Job's pods waits for. */
export function findUnawaitedDatabase(model: RootModel, job: Job): KubernetesObject | undefined {
  if (mayWaitForDatabase(job)) return undefined;
  return findDatabaseServices(model, job).find((service) => !finishesBefore(model, service, job.object));
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

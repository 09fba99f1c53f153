import { findRecreation, finishesBefore } from '../appliers/recreation.ts';
import { judgeJobName } from '../migrations/job-version.ts';
import { mayCheckSchema } from '../migrations/schema-check.ts';
import { findSelfMigrations } from '../migrations/self-migration.ts';
import type { Dependency, Service } from '../release.ts';
import type { RootModel } from '../root-model.ts';
import type { Waiter } from './waiter.ts';

/**
 * Whether the pods of a service need nothing more to start after a migration that it depends on by its settings alone; so also where
 * another mistake has to be mended first, of which another rule tells.
 */
export function isHeldBack(model: RootModel, service: Service, { migration }: Dependency): boolean {
  const { workload } = service;
  if (workload.replicas.value === 0) return true;
  if (service.waiters.some((waiter) => !waitsAstray(model, waiter))) return true;
  // A waiter in the wrong place is for `wait-order` to tell of, a service that migrates for `service-runs-migration`.
  const misplaced = model.waiters.filter((waiter) => waiter.workload === workload && !service.waiters.includes(waiter));
  if (misplaced.some(({ kind }) => kind === 'job')) return true;
  if (findSelfMigrations(workload).length > 0 || mayCheckSchema(service, migration)) return true;
  const { object } = migration.job;
  if (finishesBefore(model, object, workload.object)) return true;
  // To wait for a Job that comes after the service would never end: `resource-order` comes first.
  if (finishesBefore(model, workload.object, object)) return true;
  if (judgeJobName(model, migration).kind !== 'fixed') return false;
  // Under a fixed name no waiter could tell the new Job from the old, unless that is deleted: `job-name-version` comes first.
  // A hook of Argo CD's has a fixed name for good, and an earlier wave holds the service back.
  const recreation = findRecreation(model, migration.job);
  if (recreation === 'argocd hook') return false;
  if (recreation !== 'deleted first') return true;
  // Plain manifests may be applied one by one; and `resource-order` says the same of a Job that is listed behind.
  return !model.kustomized || model.listed.indexOf(object) > model.listed.indexOf(workload.object);
}

/** The service depends on a migration by its settings alone: Jobs that its waiters find are others. */
function waitsAstray(model: RootModel, waiter: Waiter): boolean {
  const matches = model.matches.filter((match) => match.waiter === waiter);
  return matches.length > 0 && matches.every(({ exact }) => exact.length > 0);
}

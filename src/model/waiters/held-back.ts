import { findRecreation } from '../appliers/recreation.ts';
import { judgeJobName } from '../jobs/job-version.ts';
import { needsNoWait } from '../migrations/schema-check.ts';
import { finishesBefore } from '../order/apply-order.ts';
import type { Dependency } from '../releases/dependency.ts';
import type { Service } from '../releases/release.ts';
import type { RootModel } from '../root-model.ts';
import { isWrittenByScript } from '../scripts/scripted-value.ts';
import { findJobAsPod } from './job-as-pod.ts';
import { matchesOf, waitsByName } from './target-match.ts';
import { waitersOf } from './waiter.ts';

/**
 * Whether something holds the pods of a service back until a migration is done that it depends on only by its settings.
 * Also true if another mistake has to be fixed first, which another rule reports.
 */
export function isHeldBack(model: RootModel, service: Service, dependency: Dependency): boolean {
  return isHeldOtherwise(model, service, dependency) || isNameFirst(model, service, dependency);
}

/** Whether nothing holds the pods back, which no rule reports because the Job's fixed name has to change first. */
export function isOpenBehindName(model: RootModel, service: Service, dependency: Dependency): boolean {
  const { listed } = model;
  const isInOrder = listed.indexOf(dependency.migration.job.object) < listed.indexOf(service.workload.object);
  return isInOrder && !isHeldOtherwise(model, service, dependency) && isNameFirst(model, service, dependency);
}

function isHeldOtherwise(model: RootModel, service: Service, { migration }: Dependency): boolean {
  const { workload } = service;
  if (needsNoWait(service, migration) || hasOpenWaiter(model, service)) return true;
  const waiters = waitersOf(model.waiters, workload);
  // `wait-mode` reports a wait for a pod instead of the Job, and `wait-order` a waiter in the wrong place.
  if (waiters.some((waiter) => findJobAsPod(model, waiter))) return true;
  if (waiters.some((waiter) => waiter.kind === 'job' && !service.waiters.includes(waiter))) return true;
  const { object } = migration.job;
  if (finishesBefore(model, object, workload.object)) return true;
  // A wait for a Job that comes after the service would never end: `resource-order` comes first.
  return finishesBefore(model, workload.object, object);
}

function isNameFirst(model: RootModel, { workload }: Service, { migration }: Dependency): boolean {
  const { object } = migration.job;
  if (judgeJobName(model, migration).kind !== 'fixed') return false;
  // A script writes another name for each release, and other services wait for it by that name.
  const isWaitedFor = waitsByName(model.matches, migration.job).length > 0;
  if (isWaitedFor && isWrittenByScript(model, object.name.value ?? '', object.name.place)) return false;
  // Under a fixed name no waiter could tell the new Job from the old one, unless that is deleted: `job-name-version`
  // comes first. An Argo CD hook always has a fixed name, and an earlier wave can hold the service back.
  const recreation = findRecreation(model, migration.job);
  // kapp can also wait for a Job that it replaces.
  if (recreation === 'argocd hook' || recreation === 'kapp replace') return false;
  if (recreation !== 'deleted first') return true;
  // Plain manifests may be applied one by one, and `resource-order` reports a Job that is listed after the service.
  return !model.kustomized || model.listed.indexOf(object) > model.listed.indexOf(workload.object);
}

/** Whether a service has a waiter that may wait for the migration: not all of its targets are other Jobs of the build. */
function hasOpenWaiter({ matches }: RootModel, { waiters }: Service): boolean {
  return waiters.some((waiter) => {
    const own = matchesOf(matches, waiter);
    return own.length === 0 || own.some(({ exact }) => exact.length === 0);
  });
}

import { sameNamespace } from '../../objects/kubernetes-object.ts';
import type { Present } from '../../objects/view.ts';
import type { Job } from '../../objects/workload.ts';
import { databaseSourcesReader, findSharedSource } from '../databases/database-sources.ts';
import type { Migration } from '../migrations/migration.ts';
import { needsNoWait } from '../migrations/schema-check.ts';
import { finishesBefore } from '../order/apply-order.ts';
import type { Service } from '../releases/release.ts';
import type { RootModel } from '../root-model.ts';
import { matchesOf, waitedNamespace } from './target-match.ts';
import { findWaiters, type JobWaiter } from './waiter.ts';

/** A service that waits for a Job of another root, and not for the migration of its own database. */
export interface ForeignWait {
  readonly waiter: JobWaiter;
  /** The name that it waits for. */
  readonly target: Present<string>;
  /** The Job of the other root. */
  readonly job: Job;
  /** The migration of the build that takes the service's database settings. */
  readonly migration: Migration;
}

/**
 * Finds it if all that the service waits for are Jobs of other roots that take none of its database settings, and wait
 * for nothing themselves.
 */
export function findForeignWait(model: RootModel, service: Service): ForeignWait | undefined {
  const { workload } = service;
  const waits = service.waiters.flatMap((waiter) => matchesOf(model.matches, waiter));
  const foreign = waits.flatMap(({ waiter, target, exact }) => {
    if (exact.length > 0 || target.kind !== 'name') return [];
    const job = model.otherRoots
      .jobsNamed(target.name.value)
      .find(
        ({ object }) =>
          object.name.value === target.name.value && sameNamespace(object.namespace.value, waitedNamespace(waiter)),
      );
    return job === undefined ? [] : [{ waiter, target: target.name, job }];
  });
  const [first] = foreign;
  if (first === undefined || foreign.length < waits.length || service.waiters.some(({ kind }) => kind !== 'job')) {
    return undefined;
  }
  const sources = databaseSourcesReader(model.config);
  const sharesDatabase = (job: Job): boolean => findSharedSource(sources, job, workload) !== undefined;
  if (foreign.some(({ job }) => sharesDatabase(job) || findWaiters(job).length > 0)) return undefined;
  const migration = model.migrations.find(({ job, command }) => command?.tool !== undefined && sharesDatabase(job));
  if (migration === undefined || isHeldOtherwise(model, service, migration)) return undefined;
  return { ...first, migration };
}

function isHeldOtherwise(model: RootModel, service: Service, migration: Migration): boolean {
  return needsNoWait(service, migration) || finishesBefore(model, migration.job.object, service.workload.object);
}

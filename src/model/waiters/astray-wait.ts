import type { DatabaseSources } from '../databases/database-sources.ts';
import type { Migration } from '../migrations/migration.ts';
import { sameNamespace } from '../objects/kubernetes-object.ts';
import type { Job, Workload } from '../objects/workload.ts';
import type { TargetMatch } from './target-match.ts';
import type { Waiter } from './waiter.ts';

/** What is known of a root before its services are paired with its migrations. */
export interface Waits {
  readonly migrations: readonly Migration[];
  readonly waiters: readonly Waiter[];
  readonly matches: readonly TargetMatch[];
  readonly databaseSources: DatabaseSources;
}

/**
 * The migrations of a workload's own database that it does not wait for, where it waits for Jobs that have nothing to do
 * with that database: the name of another service's Job, or of a smoke test. `matches` are those of the workload.
 */
export function findForgotten(workload: Workload, waits: Waits, matches: readonly TargetMatch[]): Migration[] {
  const waited = new Set(matches.flatMap(({ exact }) => exact));
  const candidates = waits.migrations.filter(
    ({ job, command }) =>
      command?.tool !== undefined &&
      !waited.has(job) &&
      job.object !== workload.object &&
      sameNamespace(job.object.namespace.value, workload.object.namespace.value),
  );
  // A slip in a name is for `wait-job-match` to tell of.
  if (candidates.length === 0 || matches.some(({ exact }) => exact.length === 0)) return [];
  const own = waits.databaseSources(workload);
  const shares = (job: Job): boolean => [...waits.databaseSources(job)].some((source) => own.has(source));
  if ([...waited].some((job) => shares(job) || waitsItself(job, waits.waiters))) return [];
  return candidates.filter(({ job }) => shares(job));
}

/** The migrations without the Jobs that were taken for one only because somebody waits for them by mistake. */
export function withoutBystanders(waits: Waits): readonly Migration[] {
  const bystanders = waits.migrations.filter(({ job, isOnlyWaitedFor }) => {
    if (!isOnlyWaitedFor || waits.migrations.length === 1) return false;
    const workloads = new Set(
      waits.matches.filter(({ exact }) => exact.includes(job)).map(({ waiter }) => waiter.workload),
    );
    return (
      workloads.size > 0 && [...workloads].every((workload) => findForgotten(workload, waits, of(workload)).length > 0)
    );
  });
  return bystanders.length === 0
    ? waits.migrations
    : waits.migrations.filter((migration) => !bystanders.includes(migration));

  function of(workload: Workload): TargetMatch[] {
    return waits.matches.filter(({ waiter }) => waiter.workload === workload);
  }
}

/** It may wait for the migration in its turn. */
function waitsItself(job: Job, waiters: readonly Waiter[]): boolean {
  return waiters.some(({ workload, kind }) => workload.object === job.object && kind !== 'other');
}

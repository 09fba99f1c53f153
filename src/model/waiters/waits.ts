import { groupBy } from '../../collections/group-by.ts';
import { once } from '../../collections/once.ts';
import type { Job, Workload } from '../../objects/workload.ts';
import { type DatabaseSources, findSharedSource } from '../databases/database-sources.ts';
import { KeyedMigrations } from '../migrations/keyed-migrations.ts';
import type { Migration } from '../migrations/migration.ts';
import type { TargetMatch } from './target-match.ts';
import type { Waiter } from './waiter.ts';

/** What is known about a root before its services are paired with its migrations. */
export interface Waits {
  readonly migrations: readonly Migration[];
  readonly waiters: readonly Waiter[];
  readonly matches: readonly TargetMatch[];
  readonly databaseSources: DatabaseSources;
  /** The matches of the waiters of a workload. */
  matchesOf(workload: Workload): readonly TargetMatch[];
  /** The migrations in a workload's namespace that take their database settings from the same object. */
  sharingDatabase(workload: Workload): readonly Migration[];
  /** Whether a Job itself waits for others. */
  isWaiting(job: Job): boolean;
}

/** Indexes what is looked up for each workload, since there may be thousands of workloads and Jobs. */
export function indexWaits(parts: Pick<Waits, 'migrations' | 'waiters' | 'matches' | 'databaseSources'>): Waits {
  const { migrations, waiters, matches, databaseSources } = parts;
  const byObject = groupBy(matches, ({ waiter }) => [waiter.workload.object]);
  const bySource = once(() => new KeyedMigrations(migrations, ({ job }) => databaseSources(job)));
  const waiting = once(
    () => new Set(waiters.flatMap(({ kind, workload: { object } }) => (kind === 'other' ? [] : object))),
  );
  return {
    ...parts,
    matchesOf: ({ object }) => byObject.get(object) ?? [],
    sharingDatabase: (workload) => bySource().near(workload, databaseSources(workload)),
    isWaiting: ({ object }) => waiting().has(object),
  };
}

/**
 * The migrations of a workload's database that it does not wait for, although it waits for other Jobs that have nothing
 * to do with that database, such as another service's Job or a smoke test.
 */
export function findUnawaited(workload: Workload, waits: Waits): Migration[] {
  const matches = waits.matchesOf(workload);
  // `wait-job-match` reports misspelt names.
  if (matches.some(({ exact }) => exact.length === 0)) return [];
  const waited = new Set(matches.flatMap(({ exact }) => exact));
  if (waits.migrations.every(({ job }) => waited.has(job))) return [];
  const shares = (job: Job): boolean => findSharedSource(waits.databaseSources, job, workload) !== undefined;
  if ([...waited].some((job) => shares(job) || waits.isWaiting(job))) return [];
  return waits
    .sharingDatabase(workload)
    .filter(({ job, command }) => command?.tool !== undefined && !waited.has(job) && job.object !== workload.object);
}

/** Drops Jobs that were recognised as migrations only because a service waits for them by mistake. */
export function withoutUnrelatedJobs(waits: Waits): Waits {
  if (waits.migrations.length === 1) return waits;
  const waitedFor = once(() => groupBy(waits.matches, ({ exact }) => exact));
  const isUnrelated = ({ job, isOnlyWaitedFor }: Migration): boolean => {
    const matches = isOnlyWaitedFor ? (waitedFor().get(job) ?? []) : [];
    return matches.length > 0 && matches.every(({ waiter }) => findUnawaited(waiter.workload, waits).length > 0);
  };
  const migrations = waits.migrations.filter((migration) => !isUnrelated(migration));
  return migrations.length === waits.migrations.length ? waits : indexWaits({ ...waits, migrations });
}

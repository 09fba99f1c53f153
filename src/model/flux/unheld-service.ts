import type { Workload } from '../../objects/workload.ts';
import { databaseSourcesReader } from '../databases/database-sources.ts';
import type { Migration } from '../migrations/migration.ts';
import { environmentDependency } from '../releases/dependency.ts';
import { isService } from '../releases/service-kind.ts';
import type { RootModel } from '../root-model.ts';
import { waitersOf } from '../waiters/waiter.ts';

/** A service of a root without a waiter of its own: preferably one that uses the migration's database. */
export function findUnheldService(model: RootModel, migration: Migration): Workload | undefined {
  const unheld = model.workloads.filter(
    (workload) => isService(workload) && waitersOf(model.waiters, workload).every(({ kind }) => kind === 'other'),
  );
  const databaseSources = databaseSourcesReader(model.config);
  return unheld.find((workload) => environmentDependency(workload, migration, databaseSources)) ?? unheld[0];
}

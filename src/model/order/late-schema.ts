import type { Migration } from '../migrations/migration.ts';
import type { RootModel } from '../root-model.ts';
import type { Waiter } from '../waiters/waiter.ts';
import { finishesBefore } from './apply-order.ts';
import { isMeantToFollow } from './disorder.ts';

/** A service whose init container waits for a schema that a migration makes only once the service is healthy. */
export interface LateSchema {
  readonly waiter: Waiter;
  readonly migration: Migration;
}

/**
 * Finds those of a root, one for each service and migration. If another migration of the service comes in time, it may make
 * the schema, and the late one may be a backfill.
 */
export function findLateSchemas(model: RootModel): LateSchema[] {
  return model.releases
    .flatMap(({ services }) => services)
    .flatMap(({ workload, waiters, dependsOn }) => {
      const waiter = waiters.find(({ kind, container }) => kind === 'schema' && container.role === 'init');
      if (waiter === undefined) return [];
      const migrations = [...new Set(dependsOn.map(({ migration }) => migration))];
      const isLate = ({ job: { object } }: Migration) =>
        !isMeantToFollow(object) && finishesBefore(model, workload.object, object);
      return migrations.every(isLate) ? migrations.map((migration) => ({ waiter, migration })) : [];
    });
}

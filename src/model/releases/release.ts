import { groupBy } from '../../collections/group-by.ts';
import { pushAll } from '../../collections/push-all.ts';
import type { ConfigObject } from '../../objects/config-object.ts';
import type { Workload } from '../../objects/workload.ts';
import type { DatabaseSources } from '../databases/database-sources.ts';
import { withoutOwnDatabases } from '../databases/own-database.ts';
import type { Migration } from '../migrations/migration.ts';
import { mayHoldBack, type Waiter } from '../waiters/waiter.ts';
import type { Waits } from '../waiters/waits.ts';
import {
  type Dependency,
  dependencyFinder,
  environmentDependency,
  imageDependency,
  nameDependency,
} from './dependency.ts';

/** One service with its migration, as one root builds it. */
export interface Release {
  readonly migrations: readonly Migration[];
  readonly services: readonly Service[];
}

/** A workload that depends on migrations. */
export interface Service {
  readonly workload: Workload;
  /** The waiters that may hold it back until the migration is done. */
  readonly waiters: readonly Waiter[];
  readonly dependsOn: readonly Dependency[];
}

/** Pairs workloads with migrations, and joins migrations that share a service into one release. */
export function findReleases(workloads: readonly Workload[], waits: Waits, config: readonly ConfigObject[]): Release[] {
  const { migrations } = waits;
  const jobs = new Set(migrations.map(({ job }) => job.object));
  const waiters = groupBy(waits.waiters.filter(mayHoldBack), ({ workload }) => [workload]);
  const findDependencies = dependencyFinder(waits);
  const services = workloads.flatMap((workload) => {
    const dependsOn = jobs.has(workload.object) ? [] : findDependencies(workload);
    return dependsOn.length === 0 ? [] : [{ workload, waiters: waiters.get(workload) ?? [], dependsOn }];
  });
  const own = withoutForeignWaits(withoutGuesses(services), waits.databaseSources);
  return joinReleases(migrations, withoutOwnDatabases(own, config));
}

/**
 * Drops dependencies on migrations that a workload waits for although they are another's: it shares name, image or
 * settings with another migration that it waits for, and this one does so only with another workload. A selector such as
 * `-l release=v2` waits for the Jobs of all services.
 */
function withoutForeignWaits(services: readonly Service[], databaseSources: DatabaseSources): Service[] {
  const isTied = (workload: Workload, migration: Migration): boolean =>
    nameDependency(workload, migration)?.how === 'name' ||
    imageDependency(workload, migration) !== undefined ||
    environmentDependency(workload, migration, databaseSources) !== undefined;
  const waiting = services.filter(({ dependsOn }) => dependsOn.some(({ how }) => how === 'waiter'));
  const owners = groupBy(waiting, ({ workload, dependsOn }) =>
    dependsOn.flatMap(({ migration }) => (isTied(workload, migration) ? migration : [])),
  );
  return services.map((service) => {
    const { workload, dependsOn } = service;
    const tied = dependsOn.filter(({ migration }) => isTied(workload, migration));
    if (tied.length === 0) return service;
    return { ...service, dependsOn: dependsOn.filter((each) => tied.includes(each) || !owners.has(each.migration)) };
  });
}

/** Drops dependencies that only a common label or an image suggests, if another workload depends on the migration for a better reason. */
function withoutGuesses(services: readonly Service[]): Service[] {
  const isGuess = ({ how }: Dependency): boolean => how === 'common label' || how === 'image';
  const better = services.flatMap(({ dependsOn }) => dependsOn.filter((dependency) => !isGuess(dependency)));
  const settled = new Set(better.map(({ migration }) => migration));
  return services.map((service) => ({
    ...service,
    dependsOn: service.dependsOn.filter((each) => !isGuess(each) || !settled.has(each.migration)),
  }));
}

interface Group {
  readonly position: number;
  readonly migrations: Migration[];
  readonly services: Service[];
}

/** Joins the migrations that one service depends on into a release, at the position of the first of them. */
function joinReleases(migrations: readonly Migration[], services: readonly Service[]): Release[] {
  const groups = new Map(
    migrations.map((migration, position): [Migration, Group] => {
      return [migration, { position, migrations: [migration], services: [] }];
    }),
  );
  for (const service of services) {
    const touched = new Set(service.dependsOn.flatMap(({ migration }) => groups.get(migration) ?? []));
    const [first, ...others] = [...touched].sort((a, b) => a.position - b.position);
    if (first === undefined) continue;
    first.services.push(service);
    for (const other of others) {
      pushAll(first.migrations, other.migrations);
      pushAll(first.services, other.services);
      for (const migration of other.migrations) groups.set(migration, first);
    }
  }
  return [...new Set(groups.values())].map((group) => ({ migrations: group.migrations, services: group.services }));
}

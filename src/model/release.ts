import { groupBy } from '../group-by.ts';
import type { DatabaseSources } from './databases/database-sources.ts';
import type { Migration } from './migrations/migration.ts';
import { isUtilityImage, parseImage } from './objects/image.ts';
import { describeObject, sameNamespace } from './objects/kubernetes-object.ts';
import { lastStep } from './objects/place.ts';
import { nameStem } from './objects/version.ts';
import type { Present } from './objects/view.ts';
import type { Workload } from './objects/workload.ts';
import { findForgotten, type Waits } from './waiters/astray-wait.ts';
import type { TargetMatch } from './waiters/target-match.ts';
import { mayHoldBack, type Waiter } from './waiters/waiter.ts';

/** One service with its migration, as one root builds it. */
export interface Release {
  readonly migrations: readonly Migration[];
  readonly services: readonly Service[];
}

/** A workload that depends on migrations. */
export interface Service {
  readonly workload: Workload;
  /** Those of its waiters that may hold it back until the migration is done. */
  readonly waiters: readonly Waiter[];
  readonly dependsOn: readonly Dependency[];
}

/** Why a workload was taken to depend on a migration. */
export interface Dependency {
  readonly migration: Migration;
  /** `common label`: one that a kustomization puts on all its objects. */
  readonly how: 'waiter' | 'environment' | 'name' | 'common label';
  /** In a sentence without a full stop. */
  readonly reason: string;
}

/** Everything of a root that releases are made from. */
export interface ReleaseParts extends Waits {
  readonly workloads: readonly Workload[];
}

/** Pairs workloads with migrations, and puts what hangs together into one release. */
export function findReleases(parts: ReleaseParts): Release[] {
  const findDependencies = dependencyFinder(parts);
  const services = parts.workloads.flatMap((workload) => {
    const dependsOn = parts.migrations.some(({ job }) => job.object === workload.object)
      ? []
      : findDependencies(workload);
    if (dependsOn.length === 0) return [];
    const waiters = parts.waiters.filter((waiter) => waiter.workload === workload && mayHoldBack(waiter));
    return [{ workload, waiters, dependsOn }];
  });
  return joinReleases(parts.migrations, withoutCommonLabels(services));
}

/** Leaves out what only a common label speaks for, where another workload depends on the migration for a better reason. */
function withoutCommonLabels(services: readonly Service[]): Service[] {
  const better = services.flatMap(({ dependsOn }) => dependsOn.filter(({ how }) => how !== 'common label'));
  const settled = new Set(better.map(({ migration }) => migration));
  return services.flatMap((service) => {
    const dependsOn = service.dependsOn.filter(
      ({ how, migration }) => how !== 'common label' || !settled.has(migration),
    );
    return dependsOn.length === 0 ? [] : [{ ...service, dependsOn }];
  });
}

/** Looks at waits first, then at database settings, then at names. */
function dependencyFinder(parts: ReleaseParts): (workload: Workload) => Dependency[] {
  const matches = groupBy(parts.matches, ({ waiter }) => [waiter.workload.object]);
  return (workload) => findDependencies(workload, parts, matches.get(workload.object) ?? []);
}

function findDependencies(workload: Workload, parts: ReleaseParts, matches: readonly TargetMatch[]): Dependency[] {
  const { migrations, databaseSources } = parts;
  const waited = matches.flatMap((match) =>
    migrations.flatMap((migration) => waiterDependency(match, migration) ?? []),
  );
  if (waited.length > 0) {
    const forgotten = findForgotten(workload, parts, matches);
    return forgotten.length > 0
      ? forgotten.flatMap((migration) => environmentDependency(workload, migration, databaseSources) ?? [])
      : waited;
  }
  if (!isService(workload)) return [];
  const neighbours = migrations.filter(({ job }) =>
    sameNamespace(job.object.namespace.value, workload.object.namespace.value),
  );
  const ways = [
    (migration: Migration) => environmentDependency(workload, migration, databaseSources),
    (migration: Migration) => nameDependency(workload, migration),
  ];
  for (const way of ways) {
    const found = neighbours.flatMap((migration) => way(migration) ?? []);
    if (found.length > 0) return found;
  }
  return [];
}

/** The kinds that keep pods running. */
export const serviceKinds: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Rollout',
]);

const databaseImage =
  /(^|\/)(postgres(ql)?|postgis|pgvector|timescaledb[\w-]*|mysql(-server)?|mariadb|percona[\w-]*|mongo(db)?|mssql[\w-]*|cockroach(db)?|clickhouse[\w-]*|redis|valkey|pgbouncer|pgadmin4?|adminer|phpmyadmin|(postgres|mysqld)-exporter)$/;

/** Whether a workload may be the service of a migration: it keeps pods running, which run a program of one's own. */
export function isService(workload: Workload): boolean {
  return serviceKinds.has(workload.object.kind) && !servesDatabase(workload) && !runsTools(workload);
}

/** The database itself, and what stands beside it, share its settings and wait for no migration. */
function servesDatabase({ pod }: Workload): boolean {
  return pod.containers.some(({ image }) => databaseImage.test(parseImage(image.value ?? '').repository));
}

/** What runs a tool in a loop, such as busybox, knows no schema. */
function runsTools({ pod: { containers } }: Workload): boolean {
  return (
    containers.length > 0 && containers.every(({ image }) => isUtilityImage(parseImage(image.value ?? '').repository))
  );
}

function waiterDependency(match: TargetMatch, migration: Migration): Dependency | undefined {
  const meant = [...match.exact, ...(match.near ? [match.near.job] : [])];
  if (!meant.includes(migration.job)) return undefined;
  const waiter = match.waiter.container.name.value ?? '';
  const reason = `container \`${waiter}\` of ${describeObject(match.waiter.workload.object)} waits for ${describeObject(migration.job.object)}`;
  return { migration, how: 'waiter', reason: match.exact.length > 0 ? reason : `${reason} under another name` };
}

/** Both read the same database settings from the same object. */
export function environmentDependency(
  workload: Workload,
  migration: Migration,
  databaseSources: DatabaseSources,
): Dependency | undefined {
  const own = databaseSources(workload);
  const shared = [...databaseSources(migration.job)].find((source) => own.has(source));
  if (shared === undefined) return undefined;
  const reason = `${describeObject(workload.object)} and ${describeObject(migration.job.object)} take their database settings from ${shared}`;
  return { migration, how: 'environment', reason };
}

/** `app.kubernetes.io/part-of` is not among them: an application's broker, cache and front end carry it, too. */
const identifyingLabels = ['app.kubernetes.io/name', 'app'];

function nameDependency(workload: Workload, migration: Migration): Dependency | undefined {
  const [own, other] = [describeObject(workload.object), describeObject(migration.job.object)];
  const stem = nameStem(workload.object.name.value ?? '');
  if (stem !== '' && stem === nameStem(migration.job.object.name.value ?? '')) {
    return { migration, how: 'name', reason: `${own} and ${other} are both named for \`${stem}\`` };
  }
  const label = identifyingLabels.find(
    (key) =>
      labelOf(workload, key) !== undefined && labelOf(workload, key)?.value === labelOf(migration.job, key)?.value,
  );
  if (label === undefined) return undefined;
  const shared = [labelOf(workload, label), labelOf(migration.job, label)];
  return {
    migration,
    how: shared.every((each) => each && lastStep(each.place, 'labels')) ? 'common label' : 'name',
    reason: `${own} and ${other} share the label \`${label}: ${shared[0]?.value}\``,
  };
}

function labelOf(workload: Workload, key: string): Present<string> | undefined {
  return workload.object.labels.get(key) ?? workload.pod.labels.get(key);
}

function joinReleases(migrations: readonly Migration[], services: readonly Service[]): Release[] {
  const groups: { migrations: Set<Migration>; services: Service[] }[] = migrations.map((migration) => ({
    migrations: new Set([migration]),
    services: [],
  }));
  for (const service of services) {
    const touched = groups.filter((group) =>
      service.dependsOn.some(({ migration }) => group.migrations.has(migration)),
    );
    const [first, ...others] = touched;
    if (!first) continue;
    first.services.push(service);
    for (const other of others) {
      for (const migration of other.migrations) first.migrations.add(migration);
      first.services.push(...other.services);
      groups.splice(groups.indexOf(other), 1);
    }
  }
  return groups.map((group) => ({ migrations: [...group.migrations], services: group.services }));
}

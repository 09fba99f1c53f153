import { groupBy } from '../group-by.ts';
import type { ConfigObject } from '../objects/config-object.ts';
import { isUtilityImage, parseImage } from '../objects/image.ts';
import { describeObject, sameNamespace } from '../objects/kubernetes-object.ts';
import { lastStep } from '../objects/place.ts';
import { nameStem } from '../objects/version.ts';
import type { Present } from '../objects/view.ts';
import type { Job, Workload } from '../objects/workload.ts';
import { once } from '../once.ts';
import { pushAll } from '../push-all.ts';
import { servesDatabase } from './databases/database-server.ts';
import type { DatabaseSources } from './databases/database-sources.ts';
import { withoutOwnDatabases } from './databases/own-database.ts';
import { KeyedMigrations } from './migrations/keyed-migrations.ts';
import { type Migration, migratingContainer } from './migrations/migration.ts';
import { isMigrationImage } from './migrations/migration-tools.ts';
import type { TargetMatch } from './waiters/target-match.ts';
import { mayHoldBack, type Waiter } from './waiters/waiter.ts';
import { findUnawaited, type Waits } from './waiters/waits.ts';

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

/** Why a workload was taken to depend on a migration. */
export interface Dependency {
  readonly migration: Migration;
  /** `common label`: one that a kustomization puts on all its objects; `image`: both run the same one. */
  readonly how: 'waiter' | 'environment' | 'name' | 'common label' | 'image';
  /** A sentence without a full stop. */
  readonly reason: string;
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
    if (tied.length === 0 || tied.length === dependsOn.length) return service;
    return { ...service, dependsOn: dependsOn.filter((each) => tied.includes(each) || !owners.has(each.migration)) };
  });
}

/** Drops dependencies that only a common label or an image suggests, if another workload depends on the migration for a better reason. */
function withoutGuesses(services: readonly Service[]): Service[] {
  const isGuess = ({ how }: Dependency): boolean => how === 'common label' || how === 'image';
  const better = services.flatMap(({ dependsOn }) => dependsOn.filter((dependency) => !isGuess(dependency)));
  const settled = new Set(better.map(({ migration }) => migration));
  return services.flatMap((service) => {
    const dependsOn = service.dependsOn.filter(
      (dependency) => !isGuess(dependency) || !settled.has(dependency.migration),
    );
    return dependsOn.length === 0 ? [] : [{ ...service, dependsOn }];
  });
}

/** Finds dependencies by waits, else by database settings, else by names, else by images. */
function dependencyFinder(waits: Waits): (workload: Workload) => Dependency[] {
  const { migrations, databaseSources } = waits;
  const byJob = new Map(migrations.map((migration) => [migration.job, migration]));
  const byName = once(() => new KeyedMigrations(migrations, ({ job }) => nameKeys(job)));
  const sharing = (workload: Workload, candidates: readonly Migration[]) =>
    candidates.flatMap((migration) => environmentDependency(workload, migration, databaseSources) ?? []);
  return (workload) => {
    const waited = waits.matchesOf(workload).flatMap((match) => waiterDependencies(match, byJob));
    if (waited.length > 0) {
      const unawaited = findUnawaited(workload, waits);
      return unawaited.length > 0 ? sharing(workload, unawaited) : waited;
    }
    if (!isService(workload)) return [];
    const shared = sharing(workload, waits.sharingDatabase(workload));
    if (shared.length > 0) return shared;
    const alike = byName().near(workload, nameKeys(workload));
    const named = alike.flatMap((migration) => nameDependency(workload, migration) ?? []);
    if (named.length > 0 || databaseSources(workload).size > 0) return named;
    const withoutSettings = migrations.filter(({ job }) => databaseSources(job).size === 0);
    return withoutSettings.flatMap((migration) => imageDependency(workload, migration) ?? []);
  };
}

/** The kinds that keep pods running. */
export const serviceKinds: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Rollout',
]);

/** Whether a workload may be the service of a migration: it keeps pods running that are neither a database nor just tools. */
export function isService(workload: Workload): boolean {
  return serviceKinds.has(workload.object.kind) && !servesDatabase(workload) && !runsTools(workload);
}

/** Whether all containers run a utility image such as busybox, which uses no schema. */
function runsTools({ pod: { containers } }: Workload): boolean {
  return (
    containers.length > 0 && containers.every(({ image }) => isUtilityImage(parseImage(image.value ?? '').repository))
  );
}

function waiterDependencies({ exact, near, waiter }: TargetMatch, byJob: ReadonlyMap<Job, Migration>): Dependency[] {
  const meant = exact.length > 0 || near === undefined ? exact : [near.job];
  return meant.flatMap((job) => {
    const migration = byJob.get(job);
    if (migration === undefined) return [];
    const name = waiter.container.name.value ?? '';
    const reason = `container \`${name}\` of ${describeObject(waiter.workload.object)} waits for ${describeObject(job.object)}`;
    return [{ migration, how: 'waiter', reason: exact.length > 0 ? reason : `${reason} under another name` }];
  });
}

/** The dependency of a workload that takes its database settings from the same object as the migration. */
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

/** Without `app.kubernetes.io/part-of`, which an application's broker, cache and front end carry, too. */
const identifyingLabels = ['app.kubernetes.io/name', 'app'];

/** The keys that {@link nameDependency} compares: the name without version and purpose, and the labels. */
function nameKeys(workload: Workload): string[] {
  const stem = nameStem(workload.object.name.value ?? '');
  const labels = identifyingLabels.flatMap((key) => {
    const label = labelOf(workload, key);
    return label === undefined ? [] : `${key}=${label.value}`;
  });
  return stem === '' ? labels : [stem, ...labels];
}

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

/** Both run the same custom image. If neither says which database it uses, it is most likely the same. */
function imageDependency(workload: Workload, migration: Migration): Dependency | undefined {
  const image = migratingContainer(migration)?.image.value ?? '';
  const { repository } = parseImage(image);
  if (repository === '' || isUtilityImage(repository) || isMigrationImage(repository)) return undefined;
  const runsIt = workload.pod.containers.some(
    (container) => parseImage(container.image.value ?? '').repository === repository,
  );
  if (!runsIt || !sameNamespace(workload.object.namespace.value, migration.job.object.namespace.value))
    return undefined;
  const reason = `${describeObject(workload.object)} and ${describeObject(migration.job.object)} run the image \`${repository}\``;
  return { migration, how: 'image', reason };
}

function labelOf(workload: Workload, key: string): Present<string> | undefined {
  return workload.object.labels.get(key) ?? workload.pod.labels.get(key);
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

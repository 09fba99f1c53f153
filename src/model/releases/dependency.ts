import { once } from '../../collections/once.ts';
import { imageOf, isUtilityImage } from '../../objects/image.ts';
import { describeObject, sameNamespace } from '../../objects/kubernetes-object.ts';
import { hasStep } from '../../objects/place.ts';
import { nameStem } from '../../objects/version.ts';
import type { Present } from '../../objects/view.ts';
import type { Job, Workload } from '../../objects/workload.ts';
import { type DatabaseSources, findSharedSource } from '../databases/database-sources.ts';
import { KeyedMigrations } from '../migrations/keyed-migrations.ts';
import { type Migration, migratingContainer } from '../migrations/migration.ts';
import { isMigrationImage } from '../tools/tool-images.ts';
import type { TargetMatch } from '../waiters/target-match.ts';
import { findUnawaited, type Waits } from '../waiters/waits.ts';
import { isService } from './service-kind.ts';

/** Why a workload was taken to depend on a migration. */
export interface Dependency {
  readonly migration: Migration;
  /** `common label`: one that a kustomization puts on all its objects; `image`: both run the same one. */
  readonly how: 'waiter' | 'environment' | 'name' | 'common label' | 'image';
  /** A sentence without a full stop. */
  readonly reason: string;
}

/** Finds dependencies by waits, else by database settings, else by names, else by images. */
export function dependencyFinder(waits: Waits): (workload: Workload) => Dependency[] {
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
  const shared = findSharedSource(databaseSources, migration.job, workload);
  if (shared === undefined) return undefined;
  const reason = `${describeObject(workload.object)} and ${describeObject(migration.job.object)} take their database settings from ${shared}`;
  return { migration, how: 'environment', reason };
}

/** The dependency of a workload that has the migration's name without version and purpose, or shares a label with it. */
export function nameDependency(workload: Workload, migration: Migration): Dependency | undefined {
  const { job } = migration;
  const both = `${describeObject(workload.object)} and ${describeObject(job.object)}`;
  const stem = nameStem(workload.object.name.value ?? '');
  if (stem !== '' && stem === nameStem(job.object.name.value ?? '')) {
    return { migration, how: 'name', reason: `${both} are both named for \`${stem}\`` };
  }
  for (const key of identifyingLabels) {
    const [own, other] = [labelOf(workload, key), labelOf(job, key)];
    if (own === undefined || own.value !== other?.value) continue;
    const isCommon = [own, other].every(({ place }) => hasStep(place, 'labels'));
    return {
      migration,
      how: isCommon ? 'common label' : 'name',
      reason: `${both} share the label \`${key}: ${own.value}\``,
    };
  }
  return undefined;
}

/** The dependency of a workload that runs the migration's custom image: if neither names its database, it is most likely the same. */
export function imageDependency(workload: Workload, migration: Migration): Dependency | undefined {
  const { repository } = imageOf(migratingContainer(migration));
  if (repository === '' || isUtilityImage(repository) || isMigrationImage(repository)) return undefined;
  const runsIt = workload.pod.containers.some((container) => imageOf(container).repository === repository);
  if (!runsIt || !sameNamespace(workload.object.namespace.value, migration.job.object.namespace.value))
    return undefined;
  const reason = `${describeObject(workload.object)} and ${describeObject(migration.job.object)} run the image \`${repository}\``;
  return { migration, how: 'image', reason };
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

function labelOf(workload: Workload, key: string): Present<string> | undefined {
  return workload.object.labels.get(key) ?? workload.pod.labels.get(key);
}

import type { ConfigObject } from '../../objects/config-object.ts';
import { findImagePolicy, type ImagePolicyMarker } from '../../objects/image-policy.ts';
import { carriesVersion, imageVersion } from '../../objects/version.ts';
import { isLeftToKubectl } from '../appliers/left-to-kubectl.ts';
import { findRecreation, type Recreation } from '../appliers/recreation.ts';
import { findMountedStatements } from '../migrations/files/mounted-statements.ts';
import { type Migration, migratingContainer } from '../migrations/migration.ts';
import { finishesBefore } from '../order/apply-order.ts';
import type { RootModel } from '../root-model.ts';
import { isWrittenByScript } from '../scripts/scripted-value.ts';
import { isMeantToBeTagged } from '../unmatched/unmatched-image.ts';
import { type TargetMatch, waitsByName } from '../waiters/target-match.ts';
import { changesWithRelease, type JobVersion, judgeJobName } from './job-version.ts';

/** What is wrong with a Job whose name stays the same from release to release. */
export type KeptName =
  /** Nothing of the Job changes with the ConfigMap whose statements it runs. */
  | { readonly kind: 'statements'; readonly config: ConfigObject }
  /** The name has the version of the images today, but Flux's image automation only writes that of the images. */
  | { readonly kind: 'marker'; readonly version: string; readonly marker: ImagePolicyMarker }
  /** The name does not carry the version of the images. */
  | {
      readonly kind: 'name';
      readonly version: Exclude<JobVersion, { kind: 'versioned' }>;
      /** The pods that wait for the Job by name, and may find that of the last release. */
      readonly waits: readonly TargetMatch[];
      readonly recreation: Recreation | undefined;
    };

/** Finds it. Undefined if the name may stay the same, or if another rule reports the mistake. */
export function findKeptName(model: RootModel, migration: Migration): KeptName | undefined {
  const recreation = findRecreation(model, migration.job);
  const waits = waitsByName(model.matches, migration.job).filter((wait) => !isPhased(model, wait, recreation));
  const isAwaited = waits.length > 0;
  // A Job that is deleted before the apply is not there for a waiter to find.
  if (recreation === 'deleted first' || (recreation !== undefined && !isAwaited)) return undefined;
  const version = judgeJobName(model, migration);
  const config = version.kind === 'fixed' ? findUnrunStatements(model, migration, recreation) : undefined;
  if (config !== undefined) return { kind: 'statements', config };
  if (mayKeepName(model, migration, isAwaited)) return undefined;
  if (version.kind === 'versioned') return findMarker(migration);
  if (version.kind === 'stale' && lacksItsTag(model, migration)) return undefined;
  // `job-force` reports that it is not recreated: one mistake, one finding.
  const isReportedByForce =
    (model.applier.kind === 'flux' || model.applier.kind === 'argocd') && !isLeftToKubectl(model, migration.job);
  const isReportedHere = version.kind === 'stale' || isAwaited || !isReportedByForce;
  return isReportedHere ? { kind: 'name', version, waits, recreation } : undefined;
}

/**
 * Whether Argo CD or kapp recreates the Job and is done with it before it starts the pods that wait, so that they find
 * the new one. If it does so after them, `wait-deadlock` reports it.
 */
function isPhased(model: RootModel, { waiter, exact }: TargetMatch, recreation: Recreation | undefined): boolean {
  if (!phasedRecreations.has(recreation)) return false;
  const { object } = waiter.workload;
  return exact.every((job) => finishesBefore(model, job.object, object) || finishesBefore(model, object, job.object));
}

const phasedRecreations: ReadonlySet<Recreation | undefined> = new Set([
  'argocd hook',
  'argocd force',
  'helm hook',
  'kapp replace',
]);

/** Whether a Job may have the same name in all releases: nothing changes it, it is soon gone, or a script writes the name. */
function mayKeepName(model: RootModel, migration: Migration, isAwaited: boolean): boolean {
  const { name } = migration.job.object;
  if (!isAwaited && (isGoneByNextRelease(migration) || !changesWithRelease(model, migration))) return true;
  return staysTheSame(model, migration) || isWrittenByScript(model, name.value ?? '', name.place);
}

/** The ConfigMap of a Job that does not change with the statements in it. */
function findUnrunStatements(
  model: RootModel,
  migration: Migration,
  recreation: Recreation | undefined,
): ConfigObject | undefined {
  // Each sync recreates a hook, changed or not. A Job that Kubernetes deletes is recreated, too.
  if (recreation === 'argocd hook' || recreation === 'helm hook') return undefined;
  if (migration.job.ttlSeconds.value !== undefined || changesWithRelease(model, migration)) return undefined;
  return findMountedStatements(model, migration);
}

function findMarker(migration: Migration): KeptName | undefined {
  const { name } = migration.job.object;
  const image = migratingContainer(migration)?.image;
  const marker = image && findImagePolicy(image.place);
  const version = imageVersion(image?.value ?? '');
  if (marker === undefined || version === undefined || !carriesVersion(name.value ?? '', version)) return undefined;
  return findImagePolicy(name.place) === undefined ? { kind: 'marker', version, marker } : undefined;
}

/** Whether the images do not have the version of the name because an entry of `images` misses them: `image-no-match`. */
function lacksItsTag(model: RootModel, migration: Migration): boolean {
  const image = migratingContainer(migration)?.image;
  return image !== undefined && isMeantToBeTagged(model, image);
}

/**
 * Whether the Job runs statements that are written in it with the image of a database. No release changes these, so a
 * waiter may find the Job done.
 */
function staysTheSame(model: RootModel, migration: Migration): boolean {
  return migratingContainer(migration)?.mountsConfig === false && !changesWithRelease(model, migration);
}

/** Whether Kubernetes deletes the Job before the next release: none comes within a minute of the last one. */
function isGoneByNextRelease({ job }: Migration): boolean {
  return (job.ttlSeconds.value ?? Number.POSITIVE_INFINITY) < 60;
}

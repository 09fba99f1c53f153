import { imageOf, isUtilityImage } from '../../objects/image.ts';
import { hasStep } from '../../objects/place.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import {
  carriesVersion,
  imageVersion,
  isPlaceholderVersion,
  nameForm,
  versionLikePart,
  versionShape,
} from '../../objects/version.ts';
import { sameSourceContainers } from '../images/image-source.ts';
import { type Migration, migratingContainer } from '../migrations/migration.ts';
import { releaseOf } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import { isMigrationImage, isPublishedTool } from '../tools/tool-images.ts';

/** Whether a Job's name changes with the release. `stale`: it carries another version than the images. */
export type JobVersion =
  | { readonly kind: 'versioned' }
  | { readonly kind: 'stale'; readonly carries: string; readonly released: string }
  | { readonly kind: 'fixed' };

/**
 * Looks for the release's version in a migration's built name: a tag or digest of its own or its services' images, a
 * value that a replacement or variable wrote, a content hash, a suffix, or anything that looks like a version and does
 * not contradict the images.
 */
export function judgeJobName(model: RootModel, migration: Migration): JobVersion {
  const { name } = migration.job.object;
  const text = name.value ?? '';
  const versions = releaseVersions(model, migration);
  if (isSymbolic(text) || versions.some((version) => carriesVersion(text, version))) return { kind: 'versioned' };
  const isWritten = hasStep(name.place, 'replacement', 'variable', 'substitution', 'content hash');
  const part = versionLikePart(text);
  if (part !== undefined) return judgePart(part, versions, isWritten, () => isTagWritten(migration));
  // A word without digits that a replacement writes, such as `production`, is not the version of images that have one.
  const isWord = versions.length > 0 && hasStep(name.place, 'replacement') && !/\d/.test(text);
  return isWritten && !isWord ? { kind: 'versioned' } : { kind: 'fixed' };
}

/** Whether a step of the build writes the tag of the migration's image, as a pipeline has it done for each release. */
function isTagWritten(migration: Migration): boolean {
  const place = migratingContainer(migration)?.image.place;
  return place !== undefined && hasStep(place, 'replacement', 'image', 'variable', 'substitution');
}

/** Judges the part of a name that looks like a version, but is not that of any image. */
function judgePart(
  part: string,
  [released, ...others]: readonly string[],
  isWritten: boolean,
  changesByItself: () => boolean,
): JobVersion {
  if (released === undefined) return { kind: 'versioned' };
  if (others.length === 0 && isOtherVersion(part, released)) return { kind: 'stale', carries: part, released };
  const isFixed = !isWritten && (isGeneration(part) || (isInitial(part) && changesByItself()));
  return { kind: isFixed ? 'fixed' : 'versioned' };
}

/**
 * Whether a release changes the Job at all. A Job with the image of a database or tool does not change from release to
 * release, if it takes its statements from a ConfigMap without a hash in its name.
 */
export function changesWithRelease(model: RootModel, migration: Migration): boolean {
  const container = migratingContainer(migration);
  const { repository } = imageOf(container);
  // Another image named after a tool holds the migrations, if nothing that could hold them is mounted.
  const hasMounts = container !== undefined && container.mountPaths.length > 0;
  const isTool = isPublishedTool(repository) || (isMigrationImage(repository) && hasMounts);
  const isOwn = !isUtilityImage(repository) && !isTool;
  return isOwn || model.config.some(({ object }) => hasStep(object.name.place, 'content hash'));
}

/** The distinct versions of the images of a release. */
export function releaseVersions(model: RootModel, migration: Migration): string[] {
  const services = releaseOf(model.releases, migration)?.services ?? [];
  const pods = [migration.job.pod, ...services.map(({ workload }) => workload.pod)];
  const images = pods.flatMap(({ containers }) => containers.map(({ image }) => image.value ?? ''));
  return [...new Set(images.flatMap((image) => (isSymbolic(image) ? [] : (imageVersion(image) ?? []))))];
}

/**
 * The version of the release for a Job's name: that of the migration's image, or of a service's from the same source. If
 * the migration runs the image of a database or tool, that of a service.
 */
export function versionForName(model: RootModel, migration: Migration): string | undefined {
  const services = releaseOf(model.releases, migration)?.services ?? [];
  const own = migratingContainer(migration);
  const isTool = own !== undefined && isUtilityImage(imageOf(own).repository);
  const others = services.flatMap((service) =>
    isTool ? service.workload.pod.containers : sameSourceContainers(service, migration),
  );
  const containers = own === undefined || isTool ? others : [own, ...others];
  const images = containers.map(({ image }) => image.value ?? '');
  // A tag says more than a digest beside it.
  const tagged = images.map((image) => image.replace(/(:[^:@/]+)@.*/, '$1'));
  const versions = [...tagged, ...images].flatMap((image) => imageVersion(image) ?? []);
  return versions.find((version) => /\d/.test(version) && !isPlaceholderVersion(version));
}

/** Whether a version with words after it, as in `db-v2-migrate`, is that of the database or an API, not of the release. */
function isGeneration(part: string): boolean {
  return /^v\d{1,2}(-[a-z]+)+$/i.test(part);
}

/** Whether a version is the first one, which nobody has counted up since: `0`, `v1`. */
function isInitial(part: string): boolean {
  return /^v?[01]$/i.test(part);
}

/** Whether two dotted versions have the same number of parts and differ. */
function isOtherVersion(part: string, released: string): boolean {
  const [a, b] = [nameForm(part), nameForm(released)];
  return /\d-\d/.test(b) && versionShape(a) === versionShape(b) && a.replace(/^v/, '') !== b.replace(/^v/, '');
}

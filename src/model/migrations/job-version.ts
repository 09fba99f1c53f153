import { releaseOf } from '../dependents.ts';
import { isUtilityImage, parseImage } from '../objects/image.ts';
import { lastStep } from '../objects/place.ts';
import { isSymbolic } from '../objects/symbolic.ts';
import {
  carriesVersion,
  imageVersion,
  isPlaceholderVersion,
  nameForm,
  versionLikePart,
  versionShape,
} from '../objects/version.ts';
import type { RootModel } from '../root-model.ts';
import { type Migration, migratingContainer } from './migration.ts';
import { migrationImages } from './migration-tools.ts';

/** Whether a Job's name changes with the release. `stale`: it carries a version, and not the one of the images. */
export type JobVersion =
  | { readonly kind: 'versioned' }
  | { readonly kind: 'stale'; readonly carries: string; readonly released: string }
  | { readonly kind: 'fixed' };

/**
 * Looks for the release's version in a migration's built name: a tag or digest of its own or its services' images, a
 * value that a replacement or variable put in, a content hash, a suffix, or anything that looks like a version and is
 * not another one than that of the images.
 */
export function judgeJobName(model: RootModel, migration: Migration): JobVersion {
  const { name } = migration.job.object;
  const text = name.value ?? '';
  const versions = releaseVersions(model, migration);
  if (isSymbolic(text) || versions.some((version) => carriesVersion(text, version))) return { kind: 'versioned' };
  const put = (['replacement', 'variable', 'substitution', 'content hash'] as const).some((step) =>
    lastStep(name.place, step),
  );
  const part = versionLikePart(text);
  if (part !== undefined) {
    const [released, ...others] = versions;
    const stale = released !== undefined && others.length === 0 && isOtherVersion(part, released);
    if (stale) return { kind: 'stale', carries: part, released };
    return !put && released !== undefined && isGeneration(part) ? { kind: 'fixed' } : { kind: 'versioned' };
  }
  // A value without any digit that a replacement puts in, `production`, is none that images of known versions change with.
  const isWord = versions.length > 0 && lastStep(name.place, 'replacement') !== undefined && !/\d/.test(text);
  return put && !isWord ? { kind: 'versioned' } : { kind: 'fixed' };
}

/**
 * Whether a release changes the Job at all: one that runs statements with the image of a database or of a tool, and takes them from
 * a ConfigMap whose name carries no hash, stays as it is from release to release.
 */
export function changesWithRelease(model: RootModel, migration: Migration): boolean {
  const { repository } = parseImage(migratingContainer(migration)?.image.value ?? '');
  const isOwn = !isUtilityImage(repository) && !migrationImages.some(({ image }) => image.test(repository));
  return isOwn || model.config.some(({ object }) => lastStep(object.name.place, 'content hash'));
}

/** The versions of the images that a release is made of, without repetition. */
export function releaseVersions(model: RootModel, migration: Migration): string[] {
  const services = releaseOf(model.releases, migration)?.services ?? [];
  const pods = [migration.job.pod, ...services.map(({ workload }) => workload.pod)];
  const images = pods.flatMap(({ containers }) => containers.map(({ image }) => image.value ?? ''));
  return [...new Set(images.flatMap((image) => (isSymbolic(image) ? [] : (imageVersion(image) ?? []))))];
}

/** The version of the release that a name may carry: not that of the tools which the Job runs with. */
export function versionForName(model: RootModel, migration: Migration): string | undefined {
  const images = migration.job.pod.containers.map(({ image }) => image.value ?? '');
  const tools = images.filter((image) => isUtilityImage(parseImage(image).repository)).map(imageVersion);
  return releaseVersions(model, migration).find((each) => !tools.includes(each) && !isPlaceholderVersion(each));
}

/** A number with words behind it, `db-v2-migrate`: that of the database or the interface, where the images have versions. */
function isGeneration(part: string): boolean {
  return /^v\d{1,2}(-[a-z]+)+$/i.test(part);
}

/** Two dotted versions with the same number of parts, written differently. */
function isOtherVersion(part: string, released: string): boolean {
  const [a, b] = [nameForm(part), nameForm(released)];
  return /\d-\d/.test(b) && versionShape(a) === versionShape(b) && a.replace(/^v/, '') !== b.replace(/^v/, '');
}

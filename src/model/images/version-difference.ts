import { parseImage } from '../../objects/image.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import { isMovingTag, isPlaceholderVersion, versionOfTag } from '../../objects/version.ts';
import type { Field } from '../../objects/view.ts';
import { type Migration, migratingContainer } from '../migrations/migration.ts';
import type { Service } from '../releases/release.ts';
import { namesakeContainers, projectContainers, sameSourceContainers } from './image-source.ts';

/** The images of a migration and of its service, which have different versions. */
export interface VersionDifference {
  readonly job: Field<string>;
  readonly service: Field<string>;
}

/**
 * Compares the image of a migration with those of its service that are built with it. Undefined if any of them has the
 * migration's version: others may be something else with a similar name.
 */
export function findVersionDifference(service: Service, migration: Migration): VersionDifference | undefined {
  const container = migratingContainer(migration);
  const compared = [sameSourceContainers, namesakeContainers, projectContainers]
    .map((find) => find(service, migration))
    .find((containers) => containers.length > 0);
  if (compared === undefined) return undefined;
  const [first] = compared;
  if (container === undefined || first === undefined) return undefined;
  const { image } = container;
  const allDiffer = compared.every((one) => haveDifferentVersions(one.image.value ?? '', image.value ?? ''));
  return allDiffer ? { job: image, service: first.image } : undefined;
}

/** Whether two images are known to have different versions. Nothing is known about tags that move. */
export function haveDifferentVersions(a: string, b: string): boolean {
  if (isSymbolic(a) || isSymbolic(b)) return false;
  const [one, other] = [parseImage(a), parseImage(b)];
  if ([one, other].some(({ digest = '' }) => isPlaceholderVersion(digest.replace(/^sha256:/, '')))) return false;
  if (one.tag === undefined || other.tag === undefined) {
    const both = one.digest !== undefined && other.digest !== undefined;
    return both && one.tag === other.tag && one.repository === other.repository && one.digest !== other.digest;
  }
  if (isMovingTag(one.tag) || isMovingTag(other.tag)) return false;
  return versionOfTag(one.tag) !== versionOfTag(other.tag);
}

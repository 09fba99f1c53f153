import { onlyOne } from '../../collections/only-one.ts';
import { type Migration, migratingContainer } from '../../model/migrations/migration.ts';
import { imageName, parseImage } from '../../objects/image.ts';
import type { Delivery } from '../delivery.ts';
import type { Dockerfile } from './dockerfile.ts';
import { atStage, migrationDockerfiles } from './migration-dockerfiles.ts';

/**
 * The Dockerfile of an image, with the stage that it is built from: the one that a pipeline builds it from; or else, if
 * the image is known to be the repository's own, the only one of an image whose name a variable holds, or the only one at all.
 * Undefined if several may be meant.
 */
export function findImageDockerfile(
  { dockerfiles }: Delivery,
  image: string,
  ownImages: ReadonlySet<string>,
): Dockerfile | undefined {
  const name = imageName(image);
  const named = dockerfiles.filter((dockerfile) => dockerfile.images.some((built) => built.name === name));
  if (named.length > 0) return onlyOne(named.flatMap((each) => atStage(each, (built) => built.name === name)));
  if (!ownImages.has(parseImage(image).repository)) return undefined;
  // An image whose name a variable holds may be this one.
  const open = dockerfiles.filter(({ images }) => images.some(({ name }) => name.includes('$')));
  return onlyOne(open.length > 0 ? open : dockerfiles);
}

/**
 * The Dockerfile of a migration's image: that of the image, or one for migrations that no pipeline names.
 * @param serviceImages the images of its services, without tags
 */
export function findMigrationDockerfile(
  delivery: Delivery,
  migration: Migration,
  serviceImages: ReadonlySet<string>,
): Dockerfile | undefined {
  const image = migratingContainer(migration)?.image.value ?? '';
  const named = delivery.dockerfiles.some((each) => each.images.some(({ name }) => name === imageName(image)));
  const own = named ? [] : migrationDockerfiles(delivery, [migration]);
  if (own.length > 0) return onlyOne(own.filter((each) => each.images.length === 0));
  return findImageDockerfile(delivery, image, serviceImages);
}

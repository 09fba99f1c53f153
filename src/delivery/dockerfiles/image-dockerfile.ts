import { imageName, parseImage } from '../../objects/image.ts';
import type { Delivery, Dockerfile } from '../delivery.ts';
import { atStage } from './migration-dockerfiles.ts';

/**
 * The Dockerfile of an image, with the stage that it is built from: the one that a pipeline builds it from, or else the
 * only one of the repository, if the image is known to be the repository's own. Undefined if several may be meant.
 */
export function findImageDockerfile(
  { dockerfiles }: Delivery,
  image: string,
  ownImages: ReadonlySet<string>,
): Dockerfile | undefined {
  const name = imageName(image);
  const named = dockerfiles.filter((dockerfile) => dockerfile.images.some((built) => built.name === name));
  if (named.length > 0) return onlyOne(named.flatMap((each) => atStage(each, (built) => built.name === name)));
  return ownImages.has(parseImage(image).repository) ? onlyOne(dockerfiles) : undefined;
}

/** The item of a list that has just one. */
export function onlyOne<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

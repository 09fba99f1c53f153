import { parseImage } from '../model/image.ts';
import { nameStem } from '../model/version.ts';
import type { Delivery, ImageBuild } from './delivery.ts';

/** A migration's image that a pipeline builds, and those of the service that it belongs to. */
export interface ImagePair {
  readonly migration: ImageBuild;
  readonly services: readonly ImageBuild[];
}

/** Pairs each build of a migration's image with the builds of its service, where it is plain which these are. */
export function pairImages({ builds }: Delivery): ImagePair[] {
  const migrations = builds.filter(isMigration);
  const services = builds.filter((build) => !isMigration(build));
  const names = new Set(services.map(({ image }) => parseImage(image).repository));
  return migrations.flatMap((migration) => {
    const own = services.filter(({ image }) => isAlike(image, migration.image));
    const all = own.length > 0 ? own : names.size === 1 ? services : [];
    return all.length === 0 ? [] : [{ migration, services: all }];
  });
}

/** The tag of an image with variables in one form; undefined where there is none or all of it is a variable. */
export function tagOf({ image }: ImageBuild): string | undefined {
  const { tag } = parseImage(image.replace(/\$(\w+)/g, '$' + '{$1}'));
  return tag?.replace(/\s/g, '');
}

function isMigration({ image, dockerfile }: ImageBuild): boolean {
  return /migrat/i.test(lastPart(image)) || /migrat/i.test(dockerfile ?? '');
}

function isAlike(a: string, b: string): boolean {
  const folder = (image: string): string => parseImage(image).repository.split('/').slice(0, -1).join('/');
  return folder(a) === folder(b) && nameStem(lastPart(a)) === nameStem(lastPart(b));
}

function lastPart(image: string): string {
  return parseImage(image).repository.split('/').at(-1) ?? '';
}

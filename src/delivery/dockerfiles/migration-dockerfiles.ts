import { posix } from 'node:path';
import { type Migration, migratingContainer } from '../../model/migrations/migration.ts';
import { imageName } from '../../objects/image.ts';
import type { Delivery } from '../delivery.ts';
import type { BuiltImage, Dockerfile } from './dockerfile.ts';

/**
 * The Dockerfiles of migrations, each with the stage that is built for them. If the pipeline builds the images of these
 * migrations from some of them, only those. Skips a Dockerfile from which several stages are built for migrations,
 * since it is not known which one is meant.
 */
export function migrationDockerfiles(
  { dockerfiles }: Delivery,
  migrations: readonly Migration[],
): readonly Dockerfile[] {
  const names = new Set(migrations.map((migration) => imageName(migratingContainer(migration)?.image.value ?? '')));
  const all = dockerfiles.filter(({ forMigration }) => forMigration);
  const own = all.filter(({ images }) => images.some(({ name }) => names.has(name)));
  return own.length > 0
    ? own.flatMap((dockerfile) => atStage(dockerfile, ({ name }) => names.has(name)))
    : all.flatMap((dockerfile) => atStage(dockerfile, ({ forMigration }) => forMigration));
}

/** The Dockerfile with the stage that some of its images are built from; nothing if these are several. */
export function atStage(dockerfile: Dockerfile, isMeant: (image: BuiltImage) => boolean): Dockerfile[] {
  const targets = new Set(dockerfile.images.filter(isMeant).map(({ target }) => target));
  if (targets.size > 1) return [];
  return [{ ...dockerfile, target: targets.size === 1 ? [...targets][0] : dockerfile.target }];
}

/** The Dockerfile of the service, in the same folder as the migration's. */
export function findServiceDockerfile(migration: Dockerfile, all: readonly Dockerfile[]): Dockerfile | undefined {
  const folder = posix.dirname(migration.file.path);
  const others = all.filter(({ forMigration, file }) => !forMigration && file !== migration.file);
  const beside = others.filter(({ file }) => posix.dirname(file.path) === folder);
  const stem = stemOf(migration);
  return (
    beside.find((other) => stemOf(other) === stem) ??
    beside.find(({ file }) => posix.basename(file.path) === 'Dockerfile')
  );
}

/** The words of a Dockerfile's name that stand for its service: `shop` for `Dockerfile.shop-migration`. */
function stemOf({ file }: Dockerfile): string {
  const words = posix
    .basename(file.path)
    .toLowerCase()
    .split(/[._-]+/);
  return words.filter((word) => !/^(dockerfile|docker|migrat\w*|db|service|app|prod|production)$/.test(word)).join('-');
}

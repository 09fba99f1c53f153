import { posix } from 'node:path';
import { type Migration, migratingContainer } from '../../model/migrations/migration.ts';
import { imageName } from '../../model/objects/image.ts';
import type { BuiltImage, Delivery, Dockerfile } from '../delivery.ts';

/**
 * The Dockerfiles of migrations, each with the stage that is built for them: where the pipeline builds some of them under
 * the images of these, only those. One from which several stages are built for migrations is left out, as nobody can tell
 * which is meant.
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

/** The Dockerfile with the stage that some of its images are built from; nothing where they are built from several. */
function atStage(dockerfile: Dockerfile, isMeant: (image: BuiltImage) => boolean): Dockerfile[] {
  const targets = new Set(dockerfile.images.filter(isMeant).map(({ target }) => target));
  if (targets.size > 1) return [];
  return [{ ...dockerfile, target: targets.size === 1 ? [...targets][0] : dockerfile.target }];
}

/** Where the migration's Dockerfile stands beside others: the one that the service is built from. */
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

/** The words of a Dockerfile's name that say which service it is for: of `Dockerfile.shop-migration` it is `shop`. */
function stemOf({ file }: Dockerfile): string {
  const words = posix
    .basename(file.path)
    .toLowerCase()
    .split(/[._-]+/);
  return words.filter((word) => !/^(dockerfile|docker|migrat\w*|db|service|app|prod|production)$/.test(word)).join('-');
}

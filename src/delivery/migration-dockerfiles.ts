import { posix } from 'node:path';
import { parseImage } from '../model/image.ts';
import { type Migration, migratingContainer } from '../model/migration.ts';
import type { Delivery, Dockerfile } from './delivery.ts';

/** The Dockerfiles of migrations: where the pipeline builds some of them under the images of these, only those. */
export function migrationDockerfiles(
  { dockerfiles }: Delivery,
  migrations: readonly Migration[],
): readonly Dockerfile[] {
  const all = dockerfiles.filter(({ forMigration }) => forMigration);
  const names = new Set(migrations.map((migration) => nameOf(migratingContainer(migration)?.image.value ?? '')));
  const own = all.filter(({ images }) => images.some((image) => names.has(image)));
  return own.length > 0 ? own : all;
}

function nameOf(image: string): string {
  return posix.basename(parseImage(image).repository);
}

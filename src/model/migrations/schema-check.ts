import { parseImage } from '../objects/image.ts';
import type { Service } from '../release.ts';
import { type Migration, migratingContainer } from './migration.ts';

/** An init container of the service's or the migration's own image may do anything with the database. */
export function mayCheckSchema({ workload: { pod } }: Service, migration: Migration): boolean {
  const repository = (image: string | undefined): string => parseImage(image ?? '').repository;
  const own = new Set(pod.containers.map(({ image }) => repository(image.value)));
  own.add(repository(migratingContainer(migration)?.image.value));
  return pod.initContainers.some(({ image }) => own.has(repository(image.value)));
}

import { parseImage } from '../../objects/image.ts';
import type { Service } from '../releases/release.ts';
import { type Migration, migratingContainer } from './migration.ts';

/** Whether a service has an init container of its own or the migration's image, which may check the schema. */
export function mayCheckSchema({ workload: { pod } }: Service, migration: Migration): boolean {
  const repository = (image: string | undefined): string => parseImage(image ?? '').repository;
  const own = new Set(pod.containers.map(({ image }) => repository(image.value)));
  own.add(repository(migratingContainer(migration)?.image.value));
  return pod.initContainers.some(({ image }) => own.has(repository(image.value)));
}

import { imageOf } from '../../objects/image.ts';
import type { Service } from '../releases/release.ts';
import { type Migration, migratingContainer } from './migration.ts';
import { findSelfMigrations } from './self-migration.ts';

/** Whether a service has an init container of its own or the migration's image, which may check the schema. */
export function mayCheckSchema({ workload: { pod } }: Service, migration: Migration): boolean {
  const own = new Set([...pod.containers, migratingContainer(migration)].map((each) => imageOf(each).repository));
  return pod.initContainers.some((container) => own.has(imageOf(container).repository));
}

/**
 * Whether a service needs nothing that holds it back until a migration is done: it runs no pods, it migrates by itself, or
 * it may check the schema.
 */
export function needsNoWait(service: Service, migration: Migration): boolean {
  const { workload } = service;
  return workload.replicas.value === 0 || findSelfMigrations(workload).length > 0 || mayCheckSchema(service, migration);
}

import { type ConfigObject, findConfigObject } from '../../objects/config-object.ts';
import { lastStep } from '../../objects/place.ts';
import type { RootModel } from '../root-model.ts';
import { type Migration, migratingContainer } from './migration.ts';

/**
 * Finds the ConfigMap with the statements that a migration mounts. One with a hash in its name does not count: it
 * cannot change without the Job.
 */
export function findMountedStatements({ config }: RootModel, migration: Migration): ConfigObject | undefined {
  const { job } = migration;
  const mounted = migratingContainer(migration)?.mountedConfigMaps ?? [];
  return mounted
    .map((name) => findConfigObject(config, 'ConfigMap', name.value, job.object.namespace.value))
    .find(
      (found) => found !== undefined && holdsStatements(found) && !lastStep(found.object.name.place, 'content hash'),
    );
}

function holdsStatements({ keys }: ConfigObject): boolean {
  return [...keys.keys()].some((key) => key.endsWith('.sql'));
}

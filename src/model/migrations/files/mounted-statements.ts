import type { ConfigObject } from '../../../objects/config-object.ts';
import { hasStep } from '../../../objects/place.ts';
import { findMountedConfig } from '../../environment/mounted-config.ts';
import type { RootModel } from '../../root-model.ts';
import { type Migration, migratingContainer } from '../migration.ts';

/**
 * Finds the ConfigMap with the statements that a migration mounts. One with a hash in its name does not count: it
 * cannot change without the Job.
 */
export function findMountedStatements({ config }: RootModel, migration: Migration): ConfigObject | undefined {
  const container = migratingContainer(migration);
  return findMountedConfig(config, migration.job, container ? [container] : []).find(
    (mounted) => holdsStatements(mounted) && !hasStep(mounted.object.name.place, 'content hash'),
  );
}

function holdsStatements({ keys }: ConfigObject): boolean {
  return [...keys.keys()].some((key) => key.endsWith('.sql'));
}

import { type ConfigObject, findConfigObject } from '../../objects/config-object.ts';
import type { Container, Workload } from '../../objects/workload.ts';

/** The ConfigMaps of the build that containers of a workload mount, each once. */
export function findMountedConfig(
  config: readonly ConfigObject[],
  { object }: Workload,
  containers: readonly Container[],
): ConfigObject[] {
  const names = containers.flatMap(({ mountedConfigMaps }) => mountedConfigMaps);
  const found = names.flatMap(
    ({ value }) => findConfigObject(config, 'ConfigMap', value, object.namespace.value) ?? [],
  );
  return [...new Set(found)];
}

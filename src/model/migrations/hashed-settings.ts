import { sameNamespace } from '../objects/kubernetes-object.ts';
import { lastStep } from '../objects/place.ts';
import type { Job } from '../objects/workload.ts';
import type { RootModel } from '../root-model.ts';

/**
 * Whether a Job takes settings or files from a ConfigMap or Secret with a hash in its name, so that each change of one
 * changes the Job's pod template.
 */
export function usesHashedSettings({ config }: RootModel, { object, pod }: Job): boolean {
  const names = new Set(
    [...pod.initContainers, ...pod.containers].flatMap(({ env, envFrom, mountedConfigMaps }) => [
      ...env.map(({ source }) => (source.kind === 'key' ? source.object.value : undefined)),
      ...envFrom.map((imported) => imported.object.value),
      ...mountedConfigMaps.map(({ value }) => value),
    ]),
  );
  return config.some(
    (each) =>
      names.has(each.name) &&
      sameNamespace(each.object.namespace.value, object.namespace.value) &&
      lastStep(each.object.name.place, 'content hash') !== undefined,
  );
}

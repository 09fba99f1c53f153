import type { KubernetesObject } from '../model/objects/kubernetes-object.ts';
import type { Present } from '../model/objects/view.ts';

/** The annotation or label by which Flux recreates an object whose immutable fields changed. */
export const forceKey = 'kustomize.toolkit.fluxcd.io/force';

/** The force setting of an object as it stands: Flux looks at the annotation and at the label of the same name. */
export function forceSettings(object: KubernetesObject): Present<string>[] {
  return [object.annotations.get(forceKey), object.labels.get(forceKey)].filter((field) => field !== undefined);
}

/** Flux compares the value to `enabled` ignoring case, and takes any other as absent. */
export function isForced(object: KubernetesObject): boolean {
  return forceSettings(object).some(({ value }) => value.toLowerCase() === 'enabled');
}

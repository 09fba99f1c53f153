import type { KubernetesObject } from '../objects/kubernetes-object.ts';
import type { Present } from '../objects/view.ts';

/** The annotation or label that makes Flux recreate an object if its immutable fields change. */
export const forceKey = 'kustomize.toolkit.fluxcd.io/force';

/** The force settings of an object: Flux reads the annotation and the label of the same name. */
export function forceSettings(object: KubernetesObject): Present<string>[] {
  return [object.annotations.get(forceKey), object.labels.get(forceKey)].filter((field) => field !== undefined);
}

/** Whether an object has a force setting. Flux compares it to `enabled`, ignoring case, and ignores any other value. */
export function isForced(object: KubernetesObject): boolean {
  return forceSettings(object).some(({ value }) => value.toLowerCase() === 'enabled');
}

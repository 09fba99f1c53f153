import { isNear } from '../../text/is-near.ts';
import type { FluxKustomization, FluxReference } from '../flux-kustomization.ts';

/** The Kustomization that an entry of `dependsOn` names, as `NAMESPACE/NAME`; without a namespace, one in its own. */
export function dependencyName({ name, namespace }: FluxReference, { object }: FluxKustomization): string {
  const owner = namespace.value ?? object.namespace.value;
  return owner === undefined ? (name.value ?? '') : `${owner}/${name.value ?? ''}`;
}

/** Whether an entry of `dependsOn` that names no Kustomization most likely means this one, perhaps in another namespace. */
export function mayMean({ name }: FluxReference, { object }: FluxKustomization): boolean {
  return isNear(name.value ?? '', object.name.value ?? '', 5, 1);
}

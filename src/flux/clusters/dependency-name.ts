import type { FluxKustomization, FluxReference } from '../flux-kustomization.ts';

/** The Kustomization that an entry of `dependsOn` names, as `NAMESPACE/NAME`; without a namespace, one in its own. */
export function dependencyName({ name, namespace }: FluxReference, { object }: FluxKustomization): string {
  const owner = namespace.value ?? object.namespace.value;
  return owner === undefined ? (name.value ?? '') : `${owner}/${name.value ?? ''}`;
}

import type { Resource } from '../../kustomize/resources/resource.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import { View } from '../../objects/view.ts';
import { typeOf } from './kubernetes-fields.ts';

/** An object of one of Kubernetes' own kinds that releases consist of, whose fields are known. */
export interface StandardObject {
  readonly object: KubernetesObject;
  readonly type: string;
  /** The whole object. */
  readonly view: View;
}

/** Reads an object of a known kind; undefined for any other, and for one that SOPS has encrypted. */
export function readStandardObject(resource: Resource, object: KubernetesObject): StandardObject | undefined {
  const type = typeOf(resource);
  if (type === undefined) return undefined;
  const view = View.ofResource(resource);
  return view.get('sops').exists ? undefined : { object, type, view };
}

import type { Resource } from '../../kustomize/resources/resource.ts';
import { getText } from '../../source/node.ts';
import type { ResourceIndex } from '../clusters/resource-index.ts';
import type { FluxKustomization } from '../flux-kustomization.ts';

/** The known objects of the same cluster. */
export type ClusterObjects = Pick<ResourceIndex, 'find' | 'ofKind'>;

/** The object that describes the source of a Flux Kustomization, if it is in the tree. */
export function findSource({ sourceRef, object }: FluxKustomization, objects: ClusterObjects): Resource | undefined {
  const namespace = sourceRef.namespace.value ?? object.namespace.value;
  return objects.find(sourceRef.kind.value ?? '', sourceRef.name.value ?? '', namespace);
}

/** The URL of that source. */
export function findUrl(kustomization: FluxKustomization, objects: ClusterObjects): string | undefined {
  return getText(findSource(kustomization, objects)?.node, ['spec', 'url']);
}

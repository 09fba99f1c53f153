import type { Resource } from '../kustomize/resources/resource.ts';
import { type KubernetesObject, readObject } from './kubernetes-object.ts';
import { type Field, View } from './view.ts';

/** An ImagePolicy, ImageRepository or ImageUpdateAutomation of Flux. */
export interface ImageAutomationObject {
  readonly object: KubernetesObject;
  /** The ImageRepository of an ImagePolicy. */
  readonly repository: { readonly name: Field<string>; readonly namespace: Field<string> };
  /** Whether the tree that has it was built completely, so that others are not in it either. */
  readonly isTreeComplete: boolean;
  /** The folder that an ImageUpdateAutomation updates. */
  readonly path: Field<string>;
}

/** The kinds of {@link ImageAutomationObject}. */
export type ImageAutomationKind = 'ImagePolicy' | 'ImageRepository' | 'ImageUpdateAutomation';

/** Reads an object of image automation; undefined for any other. */
export function readImageAutomation(resource: Resource, isTreeComplete: boolean): ImageAutomationObject | undefined {
  if (!resource.apiVersion.startsWith('image.toolkit.fluxcd.io/')) return undefined;
  const spec = View.ofResource(resource).get('spec');
  const repository = spec.get('imageRepositoryRef');
  return {
    object: readObject(resource),
    repository: { name: repository.get('name').text(), namespace: repository.get('namespace').text() },
    isTreeComplete,
    path: spec.get('update', 'path').text(),
  };
}

import type { Resource } from '../kustomize/resource.ts';
import { type KubernetesObject, readObject } from '../model/kubernetes-object.ts';
import { type Field, type Present, View } from '../model/view.ts';

/** A Flux Kustomization: what it applies, and what it changes on the way. */
export interface FluxKustomization {
  readonly object: KubernetesObject;
  readonly path: Field<string>;
  readonly force: Field<boolean>;
  readonly prune: Field<boolean>;
  readonly wait: Field<boolean>;
  readonly targetNamespace: Field<string>;
  readonly namePrefix: Field<string>;
  readonly nameSuffix: Field<string>;
  /** The inline variables of `postBuild.substitute`. */
  readonly substitute: ReadonlyMap<string, Present<string>>;
  /** The ConfigMaps and Secrets of `postBuild.substituteFrom`. */
  readonly substituteFrom: readonly SubstituteSource[];
}

/** One entry of `postBuild.substituteFrom`. */
export interface SubstituteSource {
  readonly kind: string;
  readonly name: Field<string>;
  readonly optional: boolean;
}

/** Reads an object of group kustomize.toolkit.fluxcd.io and kind Kustomization; undefined for any other. */
export function readFluxKustomization(resource: Resource): FluxKustomization | undefined {
  if (resource.kind !== 'Kustomization' || !resource.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'))
    return undefined;
  const spec = View.ofResource(resource).get('spec');
  const postBuild = spec.get('postBuild');
  return {
    object: readObject(resource),
    path: spec.get('path').text(),
    force: spec.get('force').boolean(),
    prune: spec.get('prune').boolean(),
    wait: spec.get('wait').boolean(),
    targetNamespace: spec.get('targetNamespace').text(),
    namePrefix: spec.get('namePrefix').text(),
    nameSuffix: spec.get('nameSuffix').text(),
    substitute: postBuild.get('substitute').textMap(),
    substituteFrom: postBuild
      .get('substituteFrom')
      .items()
      .map((item) => ({
        kind: item.get('kind').text().value ?? '',
        name: item.get('name').text(),
        optional: item.get('optional').boolean().value ?? false,
      })),
  };
}

/**
 * Whether a `path` of an applier's object, which counts from the top of some repository, means this folder. The top is
 * not known here, so the folder's path must end in it; `./` and an empty path mean the top and match nothing.
 */
export function pathMeans(path: string | undefined, folder: string): boolean {
  const parts = (path ?? '').split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.includes('..')) return false;
  return `/${folder.split('/').filter(Boolean).join('/')}`.endsWith(`/${parts.join('/')}`);
}

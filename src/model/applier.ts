import { type FluxKustomization, pathMeans } from '../flux/flux-kustomization.ts';
import type { Resource } from '../kustomize/resource.ts';
import { readObject } from './kubernetes-object.ts';
import { View } from './view.ts';

/** Who brings the built objects to the cluster. */
export type Applier = 'flux' | 'kubectl' | 'argocd';

/** Who applies a root, how that is known, and with which settings. */
export interface AppliedBy {
  readonly kind: Applier | 'unknown';
  /** In a sentence, for those who ask. */
  readonly why: string;
  /** The Flux Kustomizations among the given trees whose `spec.path` means this root. */
  readonly flux: readonly FluxKustomization[];
}

/** What all given trees say about who applies what. */
export interface ApplierObjects {
  readonly kustomizations: readonly FluxKustomization[];
  /** The paths that Argo CD Applications point at. */
  readonly applicationPaths: readonly string[];
}

/** Tells who applies a root: as configured, else by an object that points at it, else by marks on its own objects. */
export function findApplier(
  folder: string,
  resources: readonly Resource[],
  objects: ApplierObjects,
  configured: Applier | undefined,
): AppliedBy {
  const flux = objects.kustomizations.filter(({ path }) => pathMeans(path.value, folder));
  if (configured) return { kind: configured, why: 'the settings say so', flux: configured === 'flux' ? flux : [] };
  const [first] = flux;
  if (first) return { kind: 'flux', why: `Flux Kustomization \`${first.object.name.value}\` points at it`, flux };
  if (objects.applicationPaths.some((path) => pathMeans(path, folder))) {
    return { kind: 'argocd', why: 'an Argo CD Application points at it', flux };
  }
  const marks = {
    flux: countMarks(resources, 'toolkit.fluxcd.io'),
    argocd: countMarks(resources, 'argocd.argoproj.io'),
  };
  if (marks.flux > 0 && marks.argocd === 0) return { kind: 'flux', why: 'objects of it carry marks for Flux', flux };
  if (marks.argocd > 0 && marks.flux === 0)
    return { kind: 'argocd', why: 'objects of it carry marks for Argo CD', flux };
  return { kind: 'unknown', why: 'nothing in the tree tells', flux };
}

/** Who applies a root that was built as Flux builds it. */
export function appliedByFlux(kustomization: FluxKustomization): AppliedBy {
  const why = `Flux Kustomization \`${kustomization.object.name.value ?? ''}\` builds it`;
  return { kind: 'flux', why, flux: [kustomization] };
}

/** The `spec.source.path` of an Argo CD Application, and those of `spec.sources`. */
export function readApplicationPaths(resource: Resource): string[] {
  if (resource.kind !== 'Application' || !resource.apiVersion.startsWith('argoproj.io/')) return [];
  const spec = View.ofResource(resource).get('spec');
  const sources = [spec.get('source'), ...spec.get('sources').items()];
  return sources.flatMap((source) => source.get('path').text().value ?? []);
}

function countMarks(resources: readonly Resource[], domain: string): number {
  return resources.filter((resource) => {
    const { apiVersion, annotations, labels } = readObject(resource);
    const keys = [...annotations.keys(), ...labels.keys()].map((key) => key.split('/')[0] ?? '');
    return [apiVersion.split('/')[0] ?? '', ...keys].some((group) => group === domain || group.endsWith(`.${domain}`));
  }).length;
}

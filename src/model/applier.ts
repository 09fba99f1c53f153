import type { FluxKustomization } from '../flux/flux-kustomization.ts';
import type { Resource } from '../kustomize/resource.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { PathIndex } from './path-index.ts';
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
  readonly kustomizations: PathIndex<FluxKustomization>;
  /** The paths that Argo CD Applications point at. */
  readonly applicationPaths: PathIndex<string>;
}

/** Tells who applies a root: as configured, else by an object that points at it, else by marks on its own objects. */
export function findApplier(
  folder: string,
  built: Iterable<KubernetesObject>,
  objects: ApplierObjects,
  configured: Applier | undefined,
): AppliedBy {
  const flux = objects.kustomizations.find(folder);
  if (configured) return { kind: configured, why: 'the settings say so', flux: configured === 'flux' ? flux : [] };
  const [first] = flux;
  if (first) return { kind: 'flux', why: `Flux Kustomization \`${first.object.name.value}\` points at it`, flux };
  if (objects.applicationPaths.find(folder).length > 0) {
    return { kind: 'argocd', why: 'an Argo CD Application points at it', flux };
  }
  const marks = readMarks(built);
  if (marks.flux && !marks.argocd) return { kind: 'flux', why: 'objects of it carry marks for Flux', flux };
  if (marks.argocd && !marks.flux) return { kind: 'argocd', why: 'objects of it carry marks for Argo CD', flux };
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

/** Whether any object has a type, an annotation or a label of Flux's or Argo CD's own. */
function readMarks(objects: Iterable<KubernetesObject>): { flux: boolean; argocd: boolean } {
  const marks = { flux: false, argocd: false };
  for (const { apiVersion, annotations, labels } of objects) {
    for (const key of [apiVersion, ...annotations.keys(), ...labels.keys()]) {
      const domain = key.split('/', 1)[0] ?? '';
      if (/(^|\.)toolkit\.fluxcd\.io$/.test(domain)) marks.flux = true;
      else if (/(^|\.)argocd\.argoproj\.io$/.test(domain)) marks.argocd = true;
    }
  }
  return marks;
}

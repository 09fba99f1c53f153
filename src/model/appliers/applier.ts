import type { Applier } from '../../config/config.ts';
import type { FluxKustomization } from '../../flux/flux-kustomization.ts';
import { describeObject, type KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { ApplicationSource } from './application-source.ts';
import type { EvidenceRank } from './evidence.ts';
import type { PathIndex } from './path-index.ts';

/** Who applies a root, how that is known, and with which settings. */
export interface AppliedBy {
  readonly kind: Applier | 'unknown';
  /** How that is known, in a clause. */
  readonly why: string;
  /** What says so; undefined if nothing does. */
  readonly rank: EvidenceRank | undefined;
  /** The Flux Kustomizations among the given trees whose `spec.path` means this root. */
  readonly flux: readonly FluxKustomization[];
  /** Images, without their tags, that Argo CD sets when it builds the root. */
  readonly setImages: readonly string[];
  /** Whether Argo CD recreates what is missing in the cluster without a release. */
  readonly selfHeals: boolean;
}

/** The objects of all given trees that say who applies what. */
export interface ApplierObjects {
  readonly kustomizations: PathIndex<FluxKustomization>;
  readonly applications: PathIndex<ApplicationSource>;
}

/** Finds out who applies a root: from the settings, from an object that points at it, or from marks on its own objects. */
export function findApplier(
  folder: string,
  built: Iterable<KubernetesObject>,
  objects: ApplierObjects,
  configured: Applier | undefined,
): AppliedBy {
  const flux = objects.kustomizations.find(folder);
  const applications = objects.applications.find(folder);
  const setImages = applications.flatMap((application) => application.setImages);
  const applied = {
    flux,
    setImages,
    selfHeals: applications.some((application) => application.selfHeals),
  };
  if (configured) {
    return {
      ...applied,
      kind: configured,
      rank: 'settings',
      why: 'the settings say so',
      flux: configured === 'flux' ? flux : [],
    };
  }
  const [first] = flux;
  if (first) {
    return { ...applied, kind: 'flux', rank: 'object', why: `${describeObject(first.object)} points at it` };
  }
  if (applications.length > 0) {
    return { ...applied, kind: 'argocd', rank: 'object', why: 'an Argo CD Application points at it' };
  }
  const marks = readMarks(built);
  if (marks.flux && !marks.argocd) {
    return { ...applied, kind: 'flux', rank: 'marks', why: 'some of its objects are marked for Flux' };
  }
  if (marks.argocd && !marks.flux) {
    return { ...applied, kind: 'argocd', rank: 'marks', why: 'some of its objects are marked for Argo CD' };
  }
  return { ...applied, kind: 'unknown', rank: undefined, why: 'nothing in the tree shows it' };
}

/** What is known of a root that no object of the given trees points at. */
const noApplication = {
  flux: [],
  setImages: [],
  selfHeals: false,
} as const;

/** Who applies a file that a script hands to kubectl on its own. */
export const appliedByKubectl: AppliedBy = {
  ...noApplication,
  kind: 'kubectl',
  rank: 'script',
  why: 'a script or pipeline of the repository hands the file to it',
};

/** Who applies a root that was built as Flux builds it. */
export function appliedByFlux(kustomization: FluxKustomization): AppliedBy {
  const why = `${describeObject(kustomization.object)} builds it`;
  return { ...noApplication, kind: 'flux', rank: 'object', why, flux: [kustomization] };
}

/** Whether any object has a type, an annotation or a label of Flux or Argo CD. */
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

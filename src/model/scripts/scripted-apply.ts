import type { DeploySteps } from '../../delivery/scripts/deploy-steps.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Job } from '../../objects/workload.ts';
import type { RootModel } from '../root-model.ts';

/**
 * What scripts of the repository do around the apply. If nothing but people is known to apply the tree, also what its
 * documents tell them to do. Undefined if Flux applies the tree, which runs none of them.
 */
export function stepsOf({ applier, delivery }: Pick<RootModel, 'applier' | 'delivery'>): DeploySteps | undefined {
  return applier.kind === 'flux' || applier.kind === 'argocd'
    ? scriptsOf({ applier, delivery })
    : delivery?.stepsByHand();
}

/** As {@link stepsOf}, for scripts alone. */
export function scriptsOf({ applier, delivery }: Pick<RootModel, 'applier' | 'delivery'>): DeploySteps | undefined {
  return applier.kind === 'flux' ? undefined : delivery?.deploySteps();
}

/** Whether nothing but scripts that call kubectl is known to apply the tree. */
export function isAppliedByScript(model: RootModel): boolean {
  return model.applier.kind === 'unknown' && stepsOf(model)?.appliesByKubectl === true;
}

/** Whether Rancher's Fleet applies the tree, as an upgrade of a Helm release, which recreates no Job. */
export function isAppliedByFleet({ applier, delivery }: RootModel): boolean {
  return applier.kind === 'unknown' && delivery?.hasFleet === true;
}

/** Whether Terraform builds and applies the tree. */
export function isAppliedByTerraform(model: RootModel): boolean {
  if (model.applier.kind !== 'unknown') return false;
  return scriptsOf(model)?.terraformFolders.some((folder) => folder.test(model.root.path)) === true;
}

/**
 * Whether a script hands to kubectl what kustomize builds, and no Argo CD Application or Flux Kustomization does: then
 * the annotations for Argo CD or Flux have no effect.
 */
export function isHandedToKubectl({ applier, delivery }: RootModel): boolean {
  const isPointedAt = applier.hasApplication || (applier.kind === 'flux' && !applier.isOnlyMarked);
  return !isPointedAt && delivery?.deploySteps().appliesKustomization === true;
}

/** Whether a script or document hands to kubectl what kustomize builds, and nothing else is known to apply the tree. */
export function isBuiltForKubectl(model: RootModel): boolean {
  return model.applier.kind === 'unknown' && stepsOf(model)?.appliesKustomization === true;
}

/** As {@link isBuiltForKubectl}, for pipelines and scripts alone: a document may mean a local cluster. */
export function isPipedToKubectl(model: RootModel): boolean {
  return model.applier.kind === 'unknown' && scriptsOf(model)?.appliesKustomization === true;
}

/** Whether a script hands the object's file to `kubectl create`, which takes objects that apply refuses. */
export function isCreatedByScript(model: RootModel, { name }: KubernetesObject): boolean {
  const { path } = name.place.at.file;
  return stepsOf(model)?.createdFiles.some((created) => created.test(path)) === true;
}

/** Whether a script creates a Secret or ConfigMap of this name, or a document says how, whatever applies the tree. */
export function isMadeByScript(model: RootModel, name: string): boolean {
  return model.delivery?.stepsByHand().createdObjects.some((made) => made.test(name)) === true;
}

/** Whether a script applies the tree in parts, and waits for a Job between them. */
export function isStagedByScript(model: RootModel): boolean {
  return stepsOf(model)?.appliesAfterJob === true;
}

/** Whether a script resumes a Job that is applied suspended. */
export function isResumedByScript(model: RootModel, job: Job): boolean {
  return stepsOf(model)?.resumedJobs.some((resumed) => resumed.test(job.object.name.value ?? '')) === true;
}

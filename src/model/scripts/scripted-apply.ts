import { oncePer } from '../../collections/once.ts';
import { type DeploySteps, uniteSteps } from '../../delivery/scripts/deploy-steps.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Job } from '../../objects/workload.ts';
import { isAboutTree } from '../appliers/about-tree.ts';
import { type Evidence, findEvidence } from '../appliers/evidence.ts';
import type { RootModel } from '../root-model.ts';

/**
 * What scripts of the repository do around the apply. If nothing but people is known to apply the tree, also what its
 * documents tell them to do. Undefined if Flux applies the tree, which runs none of them.
 */
export function stepsOf(model: RootModel): DeploySteps | undefined {
  const { kind } = model.applier;
  return kind === 'flux' || kind === 'argocd' ? scriptsOf(model) : stepsByHand(model);
}

/** As {@link stepsOf}, for scripts alone. */
export function scriptsOf({ applier, delivery }: Pick<RootModel, 'applier' | 'delivery'>): DeploySteps | undefined {
  return applier.kind === 'flux' ? undefined : delivery?.deploySteps();
}

/**
 * The steps of scripts and documents. What has a name counts wherever it is written; what is done to whole trees counts
 * only in a document about this tree.
 */
const stepsByHand = oncePer((model: RootModel): DeploySteps | undefined => {
  const { delivery } = model;
  if (delivery === undefined) return undefined;
  const about = delivery
    .documents()
    .filter(({ steps }) => steps.handOvers.length > 0 || steps.appliesAfterJob || steps.fillsVariables)
    .filter((document) => isAboutTree(document, model));
  const { handOvers, appliesAfterJob, fillsVariables } = uniteSteps([
    delivery.deploySteps(),
    ...about.map(({ steps }) => steps),
  ]);
  return { ...delivery.stepsByHand(), handOvers, appliesAfterJob, fillsVariables };
});

/** Whether nothing but scripts or documents that call kubectl are known to apply the tree. */
export function isAppliedByScript(model: RootModel): boolean {
  return (
    model.applier.kind === 'unknown' &&
    findEvidence(model, 'document', ({ applier }) => applier === 'kubectl') !== undefined
  );
}

/** Whether Rancher's Fleet applies the tree, as an upgrade of a Helm release, which recreates no Job. */
export function isAppliedByFleet(model: RootModel): boolean {
  return (
    model.applier.kind === 'unknown' &&
    findEvidence(model, 'object', ({ applier }) => applier === 'fleet') !== undefined
  );
}

/** Whether Terraform builds and applies the tree. */
export function isAppliedByTerraform(model: RootModel): boolean {
  if (model.applier.kind !== 'unknown') return false;
  return findEvidence(model, 'script', ({ applier }) => applier === 'terraform') !== undefined;
}

/**
 * Whether a script hands to kubectl what kustomize builds, and neither the settings nor an Argo CD Application or Flux
 * Kustomization say otherwise: then the annotations for Argo CD or Flux have no effect.
 */
export function isHandedToKubectl(model: RootModel): boolean {
  const { rank } = model.applier;
  if (rank === 'settings' || rank === 'object') return model.applier.kind === 'kubectl';
  return findEvidence(model, 'script', ({ handOver }) => handOver === 'build') !== undefined;
}

/**
 * The script or document that hands to kubectl what kustomize builds, if nothing else is known to apply the tree.
 * @param weakest the rank down to which is searched: a document may mean a local cluster
 */
export function findBuildForKubectl(
  model: RootModel,
  weakest: 'script' | 'document' = 'document',
): Evidence | undefined {
  if (model.applier.kind !== 'unknown') return undefined;
  return findEvidence(model, weakest, ({ handOver }) => handOver === 'build');
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

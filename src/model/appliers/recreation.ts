import { isForced } from '../../flux/force.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Present } from '../../objects/view.ts';
import type { Job } from '../../objects/workload.ts';
import { isArgoHook } from '../order/argo-phases.ts';
import { isReplacedByKapp } from '../order/kapp.ts';
import type { RootModel } from '../root-model.ts';
import { mentionsForce } from '../scripts/file-comments.ts';
import { isAppliedByTerraform, scriptsOf } from '../scripts/scripted-apply.ts';
import { isDeletedByScript } from '../scripts/scripted-deletion.ts';

/** What makes an applier replace a changed Job, whose pod template is immutable. */
export type Recreation =
  | 'flux force'
  | 'flux spec.force'
  | 'argocd hook'
  | 'argocd force'
  | 'helm hook'
  | 'kapp replace'
  | 'terraform'
  | 'left alone'
  | 'deleted first';

/** How a Job of this root is recreated when it changes; undefined if the apply would fail. */
export function findRecreation(model: RootModel, job: Job): Recreation | undefined {
  const { kind, flux } = model.applier;
  const { object } = job;
  if (kind !== 'kubectl' && kind !== 'argocd') {
    if (isForced(object)) return 'flux force';
    if (flux.length > 0 && flux.every(({ force }) => force.value === true)) return 'flux spec.force';
    if (flux.length === 0 && mentionsForce(object.name.place.at.file)) return 'flux spec.force';
    const applied = object.annotations.get('kustomize.toolkit.fluxcd.io/ssa')?.value.toLowerCase();
    if (applied === 'ifnotpresent' || applied === 'ignore') return 'left alone';
  }
  if (kind === 'argocd' || kind === 'unknown') {
    if (isArgoHook(object)) return 'argocd hook';
    if (argoSyncOptions(object).includes('Force=true')) return 'argocd force';
    if (object.annotations.has('helm.sh/hook')) return 'helm hook';
  }
  if (kind === 'unknown' && isReplacedByKapp(object)) return 'kapp replace';
  if (isAppliedByTerraform(model)) return 'terraform';
  return isDeletedByScript(model, job) && !isSyncedBesides(model, object) ? 'deleted first' : undefined;
}

/**
 * Whether Argo CD is asked to replace the Job by itself, and cannot: an Application applies the tree, and the scripts
 * that delete the Job also apply it, so they are for another cluster.
 */
function isSyncedBesides(model: RootModel, object: KubernetesObject): boolean {
  if (model.applier.kind !== 'argocd' || model.applier.rank === 'marks') return false;
  return (
    replaceWithoutForce(object) !== undefined &&
    scriptsOf(model)?.handOvers.some(({ what }) => what === 'build') === true
  );
}

/**
 * The sync options of an object that has `Replace=true` without `Force=true`. Argo CD then runs `kubectl replace`,
 * which the API server refuses for a Job; with both it deletes the Job first.
 */
export function replaceWithoutForce(object: KubernetesObject): Present<string> | undefined {
  const options = argoSyncOptions(object);
  const isUnforced = options.includes('Replace=true') && !options.includes('Force=true');
  return isUnforced ? object.annotations.get(syncOptions) : undefined;
}

const syncOptions = 'argocd.argoproj.io/sync-options';

/** The sync options of Argo CD that an object sets for itself. */
export function argoSyncOptions(object: KubernetesObject): string[] {
  const value = object.annotations.get(syncOptions)?.value ?? '';
  return value.split(',').map((option) => option.trim());
}

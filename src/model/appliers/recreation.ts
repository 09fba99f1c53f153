import { isForced } from '../../flux/force.ts';
import type { KubernetesObject } from '../objects/kubernetes-object.ts';
import type { Present } from '../objects/view.ts';
import type { Job } from '../objects/workload.ts';
import type { RootModel } from '../root-model.ts';
import { isDeletedByScript } from './deployment.ts';

/** What makes an applier put a changed Job in the place of the old one, whose pod template cannot change. */
export type Recreation =
  | 'flux force'
  | 'flux spec.force'
  | 'argocd hook'
  | 'argocd force'
  | 'helm hook'
  | 'left alone'
  | 'deleted first';

/** How a Job of this root is recreated when it changes; undefined where the apply would fail. */
export function findRecreation(model: RootModel, job: Job): Recreation | undefined {
  const { kind, flux } = model.applier;
  const { object } = job;
  if (kind !== 'kubectl' && kind !== 'argocd') {
    if (isForced(object)) return 'flux force';
    if (flux.length > 0 && flux.every(({ force }) => force.value === true)) return 'flux spec.force';
    const applied = object.annotations.get('kustomize.toolkit.fluxcd.io/ssa')?.value.toLowerCase();
    if (applied === 'ifnotpresent' || applied === 'ignore') return 'left alone';
  }
  if (kind === 'argocd' || kind === 'unknown') {
    if (isArgoHook(object)) return 'argocd hook';
    if (argoSyncOptions(object).includes('Force=true')) return 'argocd force';
    if (object.annotations.has('helm.sh/hook')) return 'helm hook';
  }
  return isDeletedByScript(model, job) ? 'deleted first' : undefined;
}

/** Whether Argo CD runs the object as a hook of a sync instead of as a part of the application. */
export function isArgoHook(object: KubernetesObject): boolean {
  return object.annotations.has('argocd.argoproj.io/hook');
}

const waveAnnotation = 'argocd.argoproj.io/sync-wave';

/** Argo CD's sync wave; objects without one are in wave 0. */
export function syncWave(object: KubernetesObject): number {
  return Number(object.annotations.get(waveAnnotation)?.value ?? 0);
}

/**
 * The sync options of an object that has `Replace=true` without `Force=true`. Argo CD then puts it in the place of the
 * live one (`kubectl replace`), which the API server refuses for a Job; with both it deletes the Job first.
 */
export function replaceWithoutForce(object: KubernetesObject): Present<string> | undefined {
  const options = argoSyncOptions(object);
  const isUnforced = options.includes('Replace=true') && !options.includes('Force=true');
  return isUnforced ? object.annotations.get(syncOptions) : undefined;
}

const syncOptions = 'argocd.argoproj.io/sync-options';

function argoSyncOptions(object: KubernetesObject): string[] {
  const value = object.annotations.get(syncOptions)?.value ?? '';
  return value.split(',').map((option) => option.trim());
}

/** Whether Argo CD finishes the Job before it applies the workload: an earlier phase (`PreSync`), or an earlier wave. */
export function finishesBefore(model: RootModel, job: KubernetesObject, workload: KubernetesObject): boolean {
  if (model.applier.kind === 'flux' || model.applier.kind === 'kubectl') return false;
  const phases = hookPhases(job);
  if (phases.includes('PreSync')) return true;
  return syncWave(job) < syncWave(workload) && !phases.includes('PostSync');
}

/** Whether Argo CD runs the Job only once the workload is healthy: `PostSync`, or a later wave. */
export function startsAfter(model: RootModel, job: KubernetesObject, workload: KubernetesObject): boolean {
  if (model.applier.kind === 'flux' || model.applier.kind === 'kubectl') return false;
  const phases = hookPhases(job);
  // A `Sync` hook is applied with the other objects, in the order of the waves.
  if (phases.length === 0 || phases.includes('Sync')) return syncWave(job) > syncWave(workload);
  return phases.every((phase) => phase === 'PostSync') && hookPhases(workload).length === 0;
}

/** The annotation by which a Job comes after a workload, where {@link startsAfter} says that it does. */
export function laterSetting(job: KubernetesObject, workload: KubernetesObject): Present<string> | undefined {
  const wave = job.annotations.get(waveAnnotation) ?? workload.annotations.get(waveAnnotation);
  return hookPhases(job).includes('Sync') ? wave : (hookOf(job) ?? wave);
}

/** The phases of Argo CD's sync that a hook runs in; Helm's hooks are taken for the like of them. */
function hookPhases(object: KubernetesObject): string[] {
  return (hookOf(object)?.value ?? '').split(',').flatMap((phase) => helmPhases[phase.trim()] ?? (phase.trim() || []));
}

/**
 * The annotation by which Argo CD applies an object only once a Job is done that runs before it: the hook of one of the two,
 * or a wave. Undefined where the object comes in time.
 */
export function settingThatRunsAhead(job: KubernetesObject, object: KubernetesObject): Present<string> | undefined {
  const [own, other] = [firstPhase(job), firstPhase(object)];
  if (own < other) return hookOf(job) ?? hookOf(object);
  if (own > other || syncWave(job) >= syncWave(object)) return undefined;
  return job.annotations.get(waveAnnotation) ?? object.annotations.get(waveAnnotation);
}

/** The place among the phases of a sync of the one that an object is first applied in. */
function firstPhase(object: KubernetesObject): number {
  const order = ['PreSync', 'Sync', 'PostSync'];
  const places = hookPhases(object).flatMap((phase) => (order.includes(phase) ? order.indexOf(phase) : []));
  return places.length === 0 ? order.indexOf('Sync') : Math.min(...places);
}

function hookOf({ annotations }: KubernetesObject): Present<string> | undefined {
  return annotations.get('argocd.argoproj.io/hook') ?? annotations.get('helm.sh/hook');
}

const helmPhases: Readonly<Record<string, string>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'crd-install': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};

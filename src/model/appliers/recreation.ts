import { isForced } from '../../flux/force.ts';
import { oncePer } from '../../once.ts';
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

/** The annotation that says the wave. */
export function waveOf(object: KubernetesObject | undefined): Present<string> | undefined {
  return object?.annotations.get(waveAnnotation);
}

/** Argo CD's sync wave; objects without one are in wave 0. */
export function syncWave(object: KubernetesObject): number {
  return Number(waveOf(object)?.value ?? 0);
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

/** Whether Argo CD waits until one object is done, or healthy, before it applies another: by their phases, else by their waves. */
export function finishesBefore({ applier }: RootModel, first: KubernetesObject, second: KubernetesObject): boolean {
  if (applier.kind === 'flux' || applier.kind === 'kubectl') return false;
  if (isInEarlierPhase(first, second)) return true;
  return firstPhase(first) === firstPhase(second) && syncWave(first) < syncWave(second);
}

/** Whether one object is applied in an earlier phase of Argo CD's sync than another. */
export function isInEarlierPhase(first: KubernetesObject, second: KubernetesObject): boolean {
  return firstPhase(first) < firstPhase(second);
}

/** The first of the phases that Argo CD applies an object in, as a number; NaN where it does so on failure alone, or never. */
const firstPhase = oncePer((object: KubernetesObject): number => {
  const phases = hookPhases(object);
  const known = (phases.length === 0 ? ['Sync'] : phases)
    .map((phase) => syncPhases.indexOf(phase))
    .filter((position) => position >= 0);
  return known.length === 0 ? Number.NaN : Math.min(...known);
});

const syncPhases: readonly string[] = ['PreSync', 'Sync', 'PostSync'];

/** The annotation by which a Job comes after a workload that is finished before it. */
export function laterSetting(job: KubernetesObject, workload: KubernetesObject): Present<string> | undefined {
  const wave = waveOf(job) ?? waveOf(workload);
  return hookPhases(job).includes('Sync') ? wave : (hookOf(job) ?? wave);
}

/** The phases of Argo CD's sync that a hook runs in; Helm's hooks are taken for the like of them. */
function hookPhases(object: KubernetesObject): string[] {
  return (hookOf(object)?.value ?? '').split(',').flatMap((phase) => helmPhases[phase.trim()] ?? (phase.trim() || []));
}

/** The annotation that keeps Argo CD from running an object in a sync that goes well: `Skip`, or phases that come otherwise. */
export function unsyncedHook({ annotations }: KubernetesObject): Present<string> | undefined {
  const hook = annotations.get('argocd.argoproj.io/hook');
  const phases = hook?.value.split(',').map((phase) => phase.trim()) ?? [];
  return phases.length > 0 && phases.every((phase) => unsyncedPhases.includes(phase)) ? hook : undefined;
}

const unsyncedPhases: readonly string[] = ['Skip', 'SyncFail', 'PreDelete', 'PostDelete'];

/** The annotation that makes an object a hook. */
export function hookOf({ annotations }: KubernetesObject): Present<string> | undefined {
  return annotations.get('argocd.argoproj.io/hook') ?? annotations.get('helm.sh/hook');
}

const helmPhases: Readonly<Record<string, string>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'crd-install': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};

import { editDistance } from '../../edit-distance.ts';
import { isForced } from '../../flux/force.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import type { Present } from '../../objects/view.ts';
import type { Job } from '../../objects/workload.ts';
import { oncePer } from '../../once.ts';
import type { RootModel } from '../root-model.ts';
import { mentionsForce } from './file-comments.ts';
import { isReplacedByKapp, ruleInKapp } from './kapp.ts';
import { isAppliedByTerraform } from './scripted-apply.ts';
import { isDeletedByScript } from './scripted-deletion.ts';

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
  return isDeletedByScript(model, job) ? 'deleted first' : undefined;
}

/** Whether Argo CD runs the object as a hook of a sync instead of applying it as part of the application. */
export function isArgoHook(object: KubernetesObject): boolean {
  return object.annotations.has(hookAnnotation);
}

const hookAnnotation = 'argocd.argoproj.io/hook';
const waveAnnotation = 'argocd.argoproj.io/sync-wave';

/** The annotation that sets Argo CD's sync wave. */
export function waveOf(object: KubernetesObject | undefined): Present<string> | undefined {
  return object?.annotations.get(waveAnnotation);
}

/** Argo CD's sync wave; objects without one are in wave 0. */
export function syncWave(object: KubernetesObject): number {
  return Number(waveOf(object)?.value ?? 0);
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

function argoSyncOptions(object: KubernetesObject): string[] {
  const value = object.annotations.get(syncOptions)?.value ?? '';
  return value.split(',').map((option) => option.trim());
}

/**
 * Whether Argo CD waits until one object is done or healthy before it applies another, because of their phases or waves,
 * or kapp, because of its change rules.
 */
export function finishesBefore({ applier }: RootModel, first: KubernetesObject, second: KubernetesObject): boolean {
  if (applier.kind === 'flux' || applier.kind === 'kubectl') return false;
  if (isInEarlierPhase(first, second)) return true;
  if (applier.kind === 'unknown' && ruleInKapp(second, first) !== undefined) return true;
  return firstPhase(first) === firstPhase(second) && syncWave(first) < syncWave(second);
}

/** Whether one object is applied in an earlier phase of Argo CD's sync than another. */
export function isInEarlierPhase(first: KubernetesObject, second: KubernetesObject): boolean {
  return firstPhase(first) < firstPhase(second);
}

/** The first phase in which Argo CD applies an object, as a number; NaN if it does so only on failure, or never. */
const firstPhase = oncePer((object: KubernetesObject): number => {
  const phases = hookPhases(object);
  const known = (phases.length === 0 ? ['Sync'] : phases)
    .map((phase) => syncPhases.indexOf(phase))
    .filter((position) => position >= 0);
  return known.length === 0 ? Number.NaN : Math.min(...known);
});

const syncPhases: readonly string[] = ['PreSync', 'Sync', 'PostSync'];

/** What makes a Job run after a workload, if {@link finishesBefore} says so of the workload. */
export interface LaterJob {
  readonly applier: 'Argo CD' | 'kapp';
  readonly setting: Present<string> | undefined;
  /** How the Job comes first. */
  readonly hint: string;
}

/** Finds out what makes a Job run after a workload. */
export function findLaterJob(job: KubernetesObject, workload: KubernetesObject): LaterJob {
  const rule = ruleInKapp(job, workload);
  if (rule !== undefined) {
    return {
      applier: 'kapp',
      setting: rule,
      hint: `Remove this rule, give the Job a \`kapp.k14s.io/change-group\`, and the ${workload.kind} a \`kapp.k14s.io/change-rule: upsert after upserting\` that group.`,
    };
  }
  const wave = waveOf(job) ?? waveOf(workload);
  return {
    applier: 'Argo CD',
    setting: hookPhases(job).includes('Sync') ? wave : (hookOf(job) ?? wave),
    hint: `${hookPhases(job).includes('PostSync') ? 'Make the Job a `Sync` hook, and put' : 'Put'} the service into a later wave than the Job; or make the Job a \`PreSync\` hook, if everything it needs exists before the sync.`,
  };
}

/** The phases of Argo CD's sync that a hook runs in; Helm's hooks are mapped as Argo CD does. */
function hookPhases(object: KubernetesObject): string[] {
  return phasesIn(hookOf(object)?.value ?? '').flatMap((phase) => helmPhases[phase] ?? (phase || []));
}

function phasesIn(hook: string): string[] {
  return hook.split(',').map((phase) => phase.trim());
}

/**
 * The annotation that keeps Argo CD from running an object in a successful sync: `Skip`, phases outside it, or words
 * that are no phases.
 */
export function unsyncedHook({ annotations }: KubernetesObject): Present<string> | undefined {
  const hook = annotations.get(hookAnnotation);
  const phases = hook === undefined || isSymbolic(hook.value) ? [] : phasesIn(hook.value);
  return phases.length > 0 && !phases.some((phase) => syncPhases.includes(phase)) ? hook : undefined;
}

/** The first word of a hook's phases that is none, and the phase that was meant, if one looks like it. */
export function findUnknownPhase(hook: string): { readonly word: string; readonly meant?: string } | undefined {
  const word = phasesIn(hook).find((phase) => !syncPhases.includes(phase) && !unsyncedPhases.includes(phase));
  if (word === undefined) return undefined;
  const isNear = (phase: string): boolean => editDistance(phase.toLowerCase(), word.toLowerCase()) <= 2;
  const meant = syncPhases.find(isNear);
  return meant === undefined ? { word } : { word, meant };
}

const unsyncedPhases: readonly string[] = ['Skip', 'SyncFail', 'PreDelete', 'PostDelete'];

/** The annotation that makes an object a hook. */
export function hookOf({ annotations }: KubernetesObject): Present<string> | undefined {
  return annotations.get(hookAnnotation) ?? annotations.get('helm.sh/hook');
}

const helmPhases: Readonly<Record<string, string>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'crd-install': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};

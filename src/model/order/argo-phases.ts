import { oncePer } from '../../collections/once.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import type { Present } from '../../objects/view.ts';
import { editDistance } from '../../text/edit-distance.ts';

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

/** The annotation that makes an object a hook. */
export function hookOf({ annotations }: KubernetesObject): Present<string> | undefined {
  return annotations.get(hookAnnotation) ?? annotations.get('helm.sh/hook');
}

/** Whether one object is applied in an earlier phase of Argo CD's sync than another. */
export function isInEarlierPhase(first: KubernetesObject, second: KubernetesObject): boolean {
  return firstPhase(first) < firstPhase(second);
}

/** The first phase in which Argo CD applies an object, as a number; NaN if it does so only on failure, or never. */
export const firstPhase = oncePer((object: KubernetesObject): number => {
  const phases = hookPhases(object);
  const known = (phases.length === 0 ? ['Sync'] : phases)
    .map((phase) => syncPhases.indexOf(phase))
    .filter((position) => position >= 0);
  return known.length === 0 ? Number.NaN : Math.min(...known);
});

const syncPhases: readonly string[] = ['PreSync', 'Sync', 'PostSync'];

/** The phases of Argo CD's sync that a hook runs in; Helm's hooks are mapped as Argo CD does. */
export function hookPhases(object: KubernetesObject): string[] {
  return phasesIn(hookOf(object)?.value ?? '').flatMap((phase) => helmPhases[phase] ?? (phase || []));
}

/**
 * The annotation that has Argo CD delete a hook only once it has ended in one way, so that the Job stays if it ends in
 * the other. Without the annotation, and with `BeforeHookCreation`, it is deleted before each sync.
 */
export function halfDeletePolicy({
  annotations,
}: KubernetesObject):
  | { readonly policy: 'HookSucceeded' | 'HookFailed'; readonly setting: Present<string> }
  | undefined {
  const setting = annotations.get('argocd.argoproj.io/hook-delete-policy');
  if (setting === undefined) return undefined;
  const policies = phasesIn(setting.value);
  if (policies.includes('BeforeHookCreation')) return undefined;
  const [succeeded, failed] = [policies.includes('HookSucceeded'), policies.includes('HookFailed')];
  if (succeeded === failed) return undefined;
  return { policy: succeeded ? 'HookSucceeded' : 'HookFailed', setting };
}

const helmPhases: Readonly<Record<string, string>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'crd-install': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};

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

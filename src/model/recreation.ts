import { isForced } from '../flux/force.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { RootModel } from './root-model.ts';
import type { Job } from './workload.ts';

/** What makes an applier put a changed Job in the place of the old one, whose pod template cannot change. */
export type Recreation =
  | 'flux force'
  | 'flux spec.force'
  | 'argocd hook'
  | 'argocd replace'
  | 'helm hook'
  | 'left alone';

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
    if (argoSyncOptions(object).some((option) => /^(Replace|Force)=true$/.test(option))) return 'argocd replace';
    if (object.annotations.has('helm.sh/hook')) return 'helm hook';
  }
  return undefined;
}

/** Whether Argo CD runs the object as a hook of a sync instead of as a part of the application. */
export function isArgoHook(object: KubernetesObject): boolean {
  return object.annotations.has('argocd.argoproj.io/hook');
}

/** Argo CD's sync wave; objects without one are in wave 0. */
export function syncWave(object: KubernetesObject): number {
  return Number(object.annotations.get('argocd.argoproj.io/sync-wave')?.value ?? 0);
}

function argoSyncOptions(object: KubernetesObject): string[] {
  const value = object.annotations.get('argocd.argoproj.io/sync-options')?.value ?? '';
  return value.split(',').map((option) => option.trim());
}

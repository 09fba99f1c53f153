import { findConfigObject } from '../../objects/config-object.ts';
import { type KubernetesObject, sameNamespace } from '../../objects/kubernetes-object.ts';
import { hasStep } from '../../objects/place.ts';
import { allContainers, type Job } from '../../objects/workload.ts';
import { accountOf } from '../access/grants.ts';
import { argoSyncOptions } from '../appliers/recreation.ts';
import { findAwaitedServices } from '../databases/awaited-services.ts';
import { findDatabaseServices } from '../databases/database-service.ts';
import { findMountedConfig } from '../environment/mounted-config.ts';
import { requiredReferences } from '../environment/required-references.ts';
import type { RootModel } from '../root-model.ts';
import { isHandedToKubectl, isMadeByScript } from '../scripts/scripted-apply.ts';
import { finishesBefore } from './apply-order.ts';
import { hookPhases, isArgoHook } from './argo-phases.ts';

/** An object of the build that a Job needs, and that Argo CD applies only once the Job is done. */
export interface LateNeed {
  readonly object: KubernetesObject;
  /** `files` are those of a ConfigMap that the Job mounts. */
  readonly for: 'environment' | 'files' | 'account' | 'service';
  /** Whether each change of its content gives it a new name, under which it is not in the cluster yet. */
  readonly hashed: boolean;
}

/** The objects that a Job needs but that no earlier phase or wave of Argo CD's sync applies. */
export function findLateNeeds(model: RootModel, job: Job): LateNeed[] {
  if (!isRunByArgo(model, job)) return [];
  const needs = contentsOf(model, job);
  const services = new Set([...findDatabaseServices(model, job), ...findAwaitedServices(model, job)]);
  for (const object of services) needs.push({ object, for: 'service', hashed: false });
  return needs.filter(({ object }) => finishesBefore(model, job.object, object));
}

/**
 * The objects that a Job needs and that Argo CD has deleted by the time it runs the Job: a `PostDelete` hook runs once
 * all objects of the Application without that hook are gone.
 */
export function findDeletedNeeds(model: RootModel, job: Job): LateNeed[] {
  const phases = hookPhases(job.object);
  if (phases.length === 0 || phases.some((phase) => phase !== 'PostDelete') || !isRunByArgo(model, job)) return [];
  return contentsOf(model, job).filter(({ object }) => isDeletedWithApplication(object));
}

function isRunByArgo(model: RootModel, { object }: Job): boolean {
  const { kind } = model.applier;
  return (kind === 'argocd' || (kind === 'unknown' && isArgoHook(object))) && !isHandedToKubectl(model);
}

/** The objects without which no pod of a Job is created, or its containers do not start. */
function contentsOf(model: RootModel, job: Job): LateNeed[] {
  const sources = sourcesOf(model, job);
  return [...sources, ...filesOf(model, job, sources), ...accountsOf(model, job)];
}

function isDeletedWithApplication(object: KubernetesObject): boolean {
  return !isArgoHook(object) && !argoSyncOptions(object).includes('Delete=false');
}

function sourcesOf(model: RootModel, { object, pod }: Job): LateNeed[] {
  const found = new Set<KubernetesObject>();
  for (const reference of allContainers(pod).flatMap(requiredReferences)) {
    const name = reference.object.value ?? '';
    const source = findConfigObject(model.config, reference.kind, name, object.namespace.value);
    if (source !== undefined && !isMadeBefore(model, source.object, name)) found.add(source.object);
  }
  return [...found].map((source) => toNeed(source, 'environment'));
}

/** The ConfigMaps that a Job mounts, such as those with its statements, besides those of its environment. */
function filesOf(model: RootModel, job: Job, sources: readonly LateNeed[]): LateNeed[] {
  const optional = new Set(
    job.pod.view
      .get('volumes')
      .items()
      .map((volume) => volume.get('configMap'))
      .flatMap((source) => (source.get('optional').text().value === 'true' ? source.get('name').text().value : [])),
  );
  const known = new Set(sources.map(({ object }) => object));
  return findMountedConfig(model.config, job, allContainers(job.pod))
    .filter(({ object, name }) => !known.has(object) && !optional.has(name) && !isMadeBefore(model, object, name))
    .map(({ object }) => toNeed(object, 'files'));
}

function toNeed(object: KubernetesObject, reason: 'environment' | 'files'): LateNeed {
  return { object, for: reason, hashed: hasStep(object.name.place, 'content hash') };
}

/** Whether a script makes the Secret before the sync. With a SealedSecret, `kubectl create` only makes what is sealed. */
function isMadeBefore(model: RootModel, { kind }: KubernetesObject, name: string): boolean {
  return kind !== 'SealedSecret' && isMadeByScript(model, name);
}

function accountsOf({ listed }: RootModel, job: Job): LateNeed[] {
  const account = accountOf(job);
  if (account.name === 'default') return [];
  const own = listed.find(
    ({ kind, name, namespace }) =>
      kind === 'ServiceAccount' && name.value === account.name && sameNamespace(namespace.value, account.namespace),
  );
  return own === undefined ? [] : [{ object: own, for: 'account', hashed: false }];
}

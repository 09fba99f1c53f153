import type { Resource } from '../kustomize/resource.ts';
import { type EnvironmentEntry, type EnvironmentImport, readEnvFrom, readEnvironmentEntries } from './env-entry.ts';
import { type KubernetesObject, readObject } from './kubernetes-object.ts';
import type { Place } from './place.ts';
import { type Field, type Present, View } from './view.ts';

/** An object that runs pods. */
export interface Workload {
  readonly object: KubernetesObject;
  readonly pod: PodTemplate;
}

/** A Job, with the fields that rules ask for. */
export interface Job extends Workload {
  readonly backoffLimit: Field<number>;
}

/** The pods that a workload makes. */
export interface PodTemplate {
  readonly labels: ReadonlyMap<string, Present<string>>;
  /** `serviceAccountName`, or the older `serviceAccount`. */
  readonly serviceAccountName: Field<string>;
  readonly automountToken: Field<boolean>;
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
}

/** One container of a pod. */
export interface Container {
  /** A `sidecar` is an init container with `restartPolicy: Always`: it does not hold the others back. */
  readonly role: 'init' | 'sidecar' | 'main';
  readonly name: Field<string>;
  readonly image: Field<string>;
  readonly command: readonly Present<string>[];
  readonly args: readonly Present<string>[];
  readonly env: readonly EnvironmentEntry[];
  readonly envFrom: readonly EnvironmentImport[];
  /** Path of the container in the object, and where to point when something of its environment is missing. */
  readonly path: string;
  readonly environmentPlace: Place;
}

/** Reads an object that runs pods; undefined for any other. Kinds that are not known are taken by their shape. */
export function readWorkload(resource: Resource, object = readObject(resource)): Workload | Job | undefined {
  const pod = findPodSpec(resource);
  if (!pod?.spec.get('containers').exists) return undefined;
  const workload: Workload = { object, pod: readPod(pod.spec, pod.metadata) };
  if (resource.kind !== 'Job' || !resource.apiVersion.startsWith('batch/')) return workload;
  return { ...workload, backoffLimit: View.ofResource(resource).get('spec', 'backoffLimit').number() };
}

/** Whether a workload is a Job of its own; the template of a CronJob is none. */
export function isJob(workload: Workload): workload is Job {
  return 'backoffLimit' in workload;
}

/** Every container of a pod in the order in which they start. */
export function allContainers(pod: PodTemplate): Container[] {
  return [...pod.initContainers, ...pod.containers];
}

function findPodSpec(resource: Resource): { spec: View; metadata: View } | undefined {
  const view = View.ofResource(resource);
  if (resource.kind === 'Pod' && resource.apiVersion === 'v1') {
    return { spec: view.get('spec'), metadata: view.get('metadata') };
  }
  const job = resource.kind === 'CronJob' ? view.get('spec', 'jobTemplate') : view;
  const template = job.get('spec', 'template');
  return { spec: template.get('spec'), metadata: template.get('metadata') };
}

function readPod(spec: View, metadata: View): PodTemplate {
  const accountName = spec.get('serviceAccountName');
  return {
    labels: metadata.get('labels').textMap(),
    serviceAccountName: accountName.exists ? accountName.text() : { ...olderAccount(spec), path: accountName.path },
    automountToken: spec.get('automountServiceAccountToken').boolean(),
    initContainers: spec.get('initContainers').items().map(readInitContainer),
    containers: spec
      .get('containers')
      .items()
      .map((item) => readContainer(item, 'main')),
  };
}

function olderAccount(spec: View): Field<string> {
  return spec.get('serviceAccount').text();
}

function readInitContainer(item: View): Container {
  return readContainer(item, item.get('restartPolicy').text().value === 'Always' ? 'sidecar' : 'init');
}

function readContainer(item: View, role: Container['role']): Container {
  const [env, envFrom] = [item.get('env'), item.get('envFrom')];
  return {
    role,
    name: item.get('name').text(),
    image: item.get('image').text(),
    command: item.get('command').texts(),
    args: item.get('args').texts(),
    env: readEnvironmentEntries(env),
    envFrom: readEnvFrom(envFrom),
    path: item.path,
    environmentPlace: envFrom.exists ? envFrom.place : env.place,
  };
}

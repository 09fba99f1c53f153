import type { Resource } from '../kustomize/resources/resource.ts';
import type { ConfigObject } from './config-object.ts';
import { nameOf } from './container-views.ts';
import { type EnvironmentEntry, type EnvironmentImport, readEnvFrom, readEnvironmentEntries } from './env-entry.ts';
import { type KubernetesObject, readObject } from './kubernetes-object.ts';
import { type FindFile, mountedConfigMaps, mountedFiles } from './mounted-file.ts';
import type { FindScript } from './package-script.ts';
import type { Place } from './place.ts';
import { type Field, isPresent, type Present, View } from './view.ts';

/** An object that runs pods. */
export interface Workload {
  readonly object: KubernetesObject;
  readonly pod: PodTemplate;
  /** `spec.replicas`; Kubernetes defaults to 1. */
  readonly replicas: Field<number>;
  /** The whole object, for rules about fields that are not read here. */
  readonly view: View;
}

/** A Job, with the fields that rules read. */
export interface Job extends Workload {
  readonly backoffLimit: Field<number>;
  /** `spec.ttlSecondsAfterFinished`, after which Kubernetes deletes the finished Job. */
  readonly ttlSeconds: Field<number>;
  /** `spec.activeDeadlineSeconds`, after which Kubernetes fails the running Job. */
  readonly deadlineSeconds: Field<number>;
  /** How many pods run at once, and how many have to succeed; both default to 1. */
  readonly parallelism: Field<number>;
  readonly completions: Field<number>;
  /** Whether it starts no pod until it is resumed. */
  readonly suspend: Field<boolean>;
}

/** The pods that a workload creates. */
export interface PodTemplate {
  /** Their `spec`. */
  readonly view: View;
  readonly labels: ReadonlyMap<string, Present<string>>;
  readonly annotations: ReadonlyMap<string, Present<string>>;
  readonly restartPolicy: Field<string>;
  /** `activeDeadlineSeconds`, after which Kubernetes fails a pod. */
  readonly deadlineSeconds: Field<number>;
  /** `serviceAccountName`, or the older `serviceAccount`. */
  readonly serviceAccountName: Field<string>;
  readonly automountToken: Field<boolean>;
  /** Whether it mounts a token with a projected volume of its own. */
  readonly mountsToken: boolean;
  /** Whether its containers share the network of the node, so that `localhost` is the node. */
  readonly onHostNetwork: boolean;
  /** Whether its containers see, and may signal, each other's processes. */
  readonly sharesProcesses: boolean;
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
}

/** One container of a pod. */
export interface Container {
  /** A `sidecar` is an init container with `restartPolicy: Always`: it does not hold the others back. */
  readonly role: 'init' | 'sidecar' | 'main';
  readonly name: Field<string>;
  readonly image: Field<string>;
  /** `imagePullPolicy: Never`: the image is loaded onto the nodes of a developer's own cluster. */
  readonly isNeverPulled: boolean;
  /** `imagePullPolicy: IfNotPresent`: a node that has an image of this tag does not look for a newer one. */
  readonly isPulledOnce: boolean;
  readonly command: readonly Present<string>[];
  readonly args: readonly Present<string>[];
  /** The command if it is a text instead of a list, which the API server refuses. */
  readonly commandText: Field<string>;
  /** Whether it has a readiness probe; no Service sends requests to it before that succeeds. */
  readonly isProbed: boolean;
  /** The commands of `lifecycle.postStart` and `lifecycle.preStop`. */
  readonly hooks: readonly LifecycleHook[];
  readonly env: readonly EnvironmentEntry[];
  readonly envFrom: readonly EnvironmentImport[];
  /** The paths of everything that it mounts. */
  readonly mountPaths: readonly Present<string>[];
  /** Those of the ConfigMaps, Secrets and the like. */
  readonly configPaths: readonly Present<string>[];
  /** Whether it mounts a ConfigMap, a Secret or the like, so that it may read settings from files. */
  readonly mountsConfig: boolean;
  /** The names of the ConfigMaps that it mounts. */
  readonly mountedConfigMaps: readonly Present<string>[];
  /** Path of the container in the object. */
  readonly path: string;
  /** Where to point if something is missing from its environment. */
  readonly environmentPlace: Place;
  /** Finds the scripts of the repository's package.json that its commands call; undefined outside a repository. */
  readonly findScript?: FindScript;
  /** Finds the scripts that it mounts from ConfigMaps of the build; undefined if it mounts none. */
  readonly findFile?: FindFile;
}

/** A container, and its workload. */
export interface WorkloadContainer {
  readonly workload: Workload;
  readonly container: Container;
}

/** What a container's commands may call in addition to programs of its image. */
export interface Scripts {
  readonly findScript?: FindScript | undefined;
  /** The ConfigMaps of the build. */
  readonly config?: readonly ConfigObject[];
}

/** A command that the kubelet runs in a container in addition to its own. */
export interface LifecycleHook {
  readonly when: 'postStart' | 'preStop';
  readonly command: readonly Present<string>[];
}

/** Reads an object that runs pods; undefined for any other. Unknown kinds are recognised by their shape. */
export function readWorkload(
  resource: Resource,
  object = readObject(resource),
  scripts: Scripts = {},
): Workload | Job | undefined {
  const pod = findPodSpec(resource);
  const runsOnce = resource.kind === 'Job' && resource.apiVersion.startsWith('batch/');
  // A Job remains one if its containers are misspelt.
  if (pod === undefined || !(runsOnce || pod.spec.get('containers').exists)) return undefined;
  const view = View.ofResource(resource);
  const spec = view.get('spec');
  const workload: Workload = {
    object,
    pod: readPod(pod.spec, pod.metadata, scripts, object.namespace.value),
    replicas: spec.get('replicas').number(),
    view,
  };
  if (!runsOnce) return workload;
  return {
    ...workload,
    backoffLimit: spec.get('backoffLimit').number(),
    ttlSeconds: spec.get('ttlSecondsAfterFinished').number(),
    deadlineSeconds: spec.get('activeDeadlineSeconds').number(),
    parallelism: spec.get('parallelism').number(),
    completions: spec.get('completions').number(),
    suspend: spec.get('suspend').boolean(),
  };
}

/** Whether a workload is a Job itself, not the template of a CronJob. */
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

function readPod(spec: View, metadata: View, scripts: Scripts, namespace: string | undefined): PodTemplate {
  const [accountName, olderName] = [spec.get('serviceAccountName'), spec.get('serviceAccount')];
  const volumes = spec.get('volumes').items().filter(holdsConfig);
  const shared: PodParts = {
    ...scripts,
    namespace,
    volumes,
    volumeNames: new Set(volumes.map(nameOf)),
  };
  return {
    view: spec,
    labels: metadata.get('labels').textMap(),
    annotations: metadata.get('annotations').textMap(),
    restartPolicy: spec.get('restartPolicy').text(),
    deadlineSeconds: spec.get('activeDeadlineSeconds').number(),
    serviceAccountName: (accountName.exists || !olderName.exists ? accountName : olderName).text(),
    automountToken: spec.get('automountServiceAccountToken').boolean(),
    mountsToken: spec.get('volumes').items().some(isTokenVolume),
    onHostNetwork: spec.get('hostNetwork').boolean().value ?? false,
    sharesProcesses: ['shareProcessNamespace', 'hostPID'].some((key) => spec.get(key).boolean().value === true),
    initContainers: spec
      .get('initContainers')
      .items()
      .map((item) =>
        readContainer(item, item.get('restartPolicy').text().value === 'Always' ? 'sidecar' : 'init', shared),
      ),
    containers: spec
      .get('containers')
      .items()
      .map((item) => readContainer(item, 'main', shared)),
  };
}

function mountPath(mount: View): Field<string> {
  return mount.get('mountPath').text();
}

function holdsConfig(volume: View): boolean {
  return ['configMap', 'secret', 'projected', 'csi'].some((kind) => volume.get(kind).exists);
}

function isTokenVolume(volume: View): boolean {
  return volume
    .get('projected', 'sources')
    .items()
    .some((source) => source.get('serviceAccountToken').exists);
}

/** What the containers of a pod share. */
interface PodParts extends Scripts {
  readonly namespace: string | undefined;
  /** The volumes that hold ConfigMaps, Secrets and the like, and their names. */
  readonly volumes: readonly View[];
  readonly volumeNames: ReadonlySet<string>;
}

function readContainer(
  item: View,
  role: Container['role'],
  { findScript, config = [], namespace, volumes, volumeNames }: PodParts,
): Container {
  const [env, envFrom, mounts] = [item.get('env'), item.get('envFrom'), item.get('volumeMounts')];
  const configMounts = mounts.items().filter((mount) => volumeNames.has(nameOf(mount)));
  const mountsConfig = configMounts.length > 0;
  return {
    role,
    name: item.get('name').text(),
    image: item.get('image').text(),
    isNeverPulled: item.get('imagePullPolicy').text().value === 'Never',
    isPulledOnce: item.get('imagePullPolicy').text().value === 'IfNotPresent',
    command: item.get('command').texts(),
    args: item.get('args').texts(),
    commandText: item.get('command').text(),
    isProbed: item.get('readinessProbe').exists,
    hooks: (['postStart', 'preStop'] as const).flatMap((when) => {
      const command = item.get('lifecycle', when, 'exec', 'command').texts();
      return command.length === 0 ? [] : [{ when, command }];
    }),
    env: readEnvironmentEntries(env),
    envFrom: readEnvFrom(envFrom),
    mountPaths: mounts.items().map(mountPath).filter(isPresent),
    configPaths: configMounts.map(mountPath).filter(isPresent),
    mountsConfig,
    mountedConfigMaps: mountsConfig ? mountedConfigMaps(mounts, volumes) : [],
    path: item.path,
    environmentPlace: envFrom.exists ? envFrom.place : env.place,
    ...(findScript && { findScript }),
    ...(mountsConfig && { findFile: mountedFiles(mounts, volumes, config, namespace) }),
  };
}

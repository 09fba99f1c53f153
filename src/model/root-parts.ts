import { once } from '../collections/once.ts';
import { type FluxKustomization, readFluxKustomization } from '../flux/flux-kustomization.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import { leavesComplete } from '../kustomize/problem.ts';
import { readConfigObject } from '../objects/config-object.ts';
import { type ImageAutomationObject, readImageAutomation } from '../objects/image-automation.ts';
import { type KubernetesObject, originalName, readObject } from '../objects/kubernetes-object.ts';
import { readOperatorSecrets } from '../objects/operator-secret.ts';
import type { FindScript } from '../objects/package-script.ts';
import { readServiceObject } from '../objects/service-object.ts';
import { allContainers, isJob, readWorkload, type Workload } from '../objects/workload.ts';
import { readAccess } from './access/access.ts';
import { type ApplicationSource, readApplicationSources } from './appliers/application-source.ts';
import { readStandardObject } from './fields/standard-object.ts';
import { readNetworkPolicy } from './network/network-policy.ts';
import { readDisruptionBudget } from './quotas/disruption-budget.ts';
import { readDefaults, readQuota } from './quotas/quota.ts';
import type { RootObjects } from './root-objects.ts';

/** What can be read from a root on its own. */
export interface RootParts extends RootObjects {
  readonly root: BuiltRoot;
  /** In the order of the build. */
  readonly objects: readonly KubernetesObject[];
  /** Flux's objects for image automation; read when first asked for. */
  readonly imageAutomation: () => readonly ImageAutomationObject[];
  readonly workloadIds: ReadonlySet<string>;
  /** The objects that say how roots are applied: Flux Kustomizations, and the sources of Argo CD Applications. */
  readonly kustomizations: readonly FluxKustomization[];
  readonly applications: readonly ApplicationSource[];
}

/**
 * Whether the workloads of plain manifests are patches, which a script or another tree adds to whole objects: there are
 * several, and none has an image.
 */
function holdsPatches({ kustomization }: BuiltRoot, workloads: readonly Workload[]): boolean {
  return kustomization === undefined && workloads.length > 1 && workloads.every(({ pod }) => hasNoImage(pod));
}

function hasNoImage(pod: Workload['pod']): boolean {
  const containers = allContainers(pod);
  return containers.length > 0 && containers.every(({ image }) => image.value === undefined);
}

/** Reads each object of a root once. */
export function readParts(root: BuiltRoot, findScript: FindScript | undefined): RootParts {
  const objects = new Map(root.resources.map((resource) => [resource, readObject(resource)]));
  const config = root.resources.flatMap((resource) => readConfigObject(resource) ?? readOperatorSecrets(resource));
  const scripts = { findScript, config };
  const read = [...objects].flatMap(([resource, object]) => readWorkload(resource, object, scripts) ?? []);
  const workloads = holdsPatches(root, read) ? [] : read;
  return {
    root,
    objects: [...objects.values()],
    listed: root.listed.map((resource) => objects.get(resource) ?? readObject(resource)),
    workloads,
    jobs: workloads.filter(isJob),
    access: readAccess(root.resources),
    config,
    serviceObjects: [...objects].flatMap(([resource, object]) => readServiceObject(resource, object) ?? []),
    networkPolicies: once(() => root.resources.flatMap((resource) => readNetworkPolicy(resource) ?? [])),
    budgets: once(() => root.resources.flatMap((resource) => readDisruptionBudget(resource) ?? [])),
    quotas: once(() => root.resources.flatMap((resource) => readQuota(resource) ?? [])),
    defaults: once(() => root.resources.flatMap((resource) => readDefaults(resource) ?? [])),
    imageAutomation: once(() => {
      const isComplete = root.problems.every(leavesComplete);
      return root.resources.flatMap((resource) => readImageAutomation(resource, isComplete) ?? []);
    }),
    standardObjects: once(() => [
      ...[...objects].flatMap(([resource, object]) => readStandardObject(resource, object) ?? []),
      ...root.unnamed.flatMap((each) => readStandardObject(each, readObject(each, 'generateName')) ?? []),
    ]),
    workloadIds: new Set(workloads.map(({ object }) => `${object.kind}/${originalName(object)}`)),
    kustomizations: root.resources.flatMap((resource) => readFluxKustomization(resource) ?? []),
    applications: root.resources.flatMap(readApplicationSources),
  };
}

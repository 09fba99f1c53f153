import type { ConfigObject } from '../../objects/config-object.ts';
import type { ConfigKind } from '../../objects/env-entry.ts';
import type { ImageAutomationKind, ImageAutomationObject } from '../../objects/image-automation.ts';
import type { Job } from '../../objects/workload.ts';
import type { Access, AccessRole, ServiceAccount } from '../access/access.ts';
import type { FluxNeighbour } from '../flux/flux-neighbour.ts';
import type { NetworkPolicy } from '../network/network-policy.ts';

/** What the other given roots apply to the cluster, except roots that build the same workloads. */
export interface OtherRoots {
  /** The Jobs that may have this name; all Jobs if no name is given. */
  jobsNamed(name: string | undefined): readonly Job[];
  /** The access rules of roots with a binding that may be for an account of this name. */
  accessOf(account: string): readonly Access[];
  /** Their accounts of this name, in any namespace. */
  accountsNamed(name: string): readonly ServiceAccount[];
  /** Their ClusterRoles of this name; one of those that allow the same. */
  clusterRolesNamed(name: string): readonly AccessRole[];
  /** Their policies for a namespace, or all if none is given. */
  networkPolicies(namespace: string | undefined): readonly NetworkPolicy[];
}

/** What all given roots apply, the own one included. */
export interface AllRoots {
  /** The Flux Kustomizations. */
  readonly fluxNeighbours: readonly FluxNeighbour[];
  /** The ConfigMaps or Secrets, or those with a name. */
  configInAllRoots(kind: ConfigKind, name?: string): readonly ConfigObject[];
  /** What is built from the file of a SealedSecret. */
  sealedCopies(secret: ConfigObject): readonly ConfigObject[];
  /** Flux's objects of a kind for image automation. */
  imageAutomation(kind: ImageAutomationKind): readonly ImageAutomationObject[];
}

import type { ConfigObject } from '../objects/config-object.ts';
import type { KubernetesObject } from '../objects/kubernetes-object.ts';
import type { ServiceObject } from '../objects/service-object.ts';
import type { Job, Workload } from '../objects/workload.ts';
import type { Access } from './access/access.ts';
import type { StandardObject } from './fields/standard-object.ts';
import type { NetworkPolicy } from './network/network-policy.ts';
import type { DisruptionBudget } from './quotas/disruption-budget.ts';
import type { Defaults, Quota } from './quotas/quota.ts';

/** The typed objects of a root. */
export interface RootObjects {
  /** Every object, in the order of the `resources` lists. */
  readonly listed: readonly KubernetesObject[];
  readonly workloads: readonly Workload[];
  readonly jobs: readonly Job[];
  readonly config: readonly ConfigObject[];
  /** The objects of kind Service that select pods. */
  readonly serviceObjects: readonly ServiceObject[];
  /** The NetworkPolicies; read when first asked for. */
  networkPolicies(): readonly NetworkPolicy[];
  /** The ResourceQuotas; read when first asked for. */
  quotas(): readonly Quota[];
  /** The PodDisruptionBudgets that depend on a count of pods; read when first asked for. */
  budgets(): readonly DisruptionBudget[];
  /** What the LimitRanges give to containers; read when first asked for. */
  defaults(): readonly Defaults[];
  /** The objects whose fields are known; read when first asked for. */
  standardObjects(): readonly StandardObject[];
  readonly access: Access;
}

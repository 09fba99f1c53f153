import type { Present } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';
import { concernsMigrations } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { podsOf } from './traffic.ts';

/** NetworkPolicies that select no pods of the build, by a label that a workload has, but not its pods. */
export interface IdlePolicies {
  readonly policies: readonly [NetworkPolicy, ...NetworkPolicy[]];
  readonly workload: Workload;
  /** The label, as the workload itself has it. */
  readonly label: Present<string>;
  readonly key: string;
}

/** Finds policies that select nothing because a label is not in the pod templates; those of one label together. */
export function findIdlePolicies(model: RootModel): IdlePolicies[] {
  if (!concernsMigrations(model) || !model.completeButSettings) return [];
  const found = new Map<string, IdlePolicies>();
  for (const policy of model.networkPolicies()) {
    const idle = judge(policy, model);
    if (idle === undefined) continue;
    const known = found.get(idle.key);
    found.set(idle.key, known === undefined ? idle : { ...known, policies: [...known.policies, policy] });
  }
  return [...found.values()];
}

function judge(policy: NetworkPolicy, { workloads }: RootModel): IdlePolicies | undefined {
  const { selects, namespace } = policy;
  if (selects.keys.size === 0) return undefined;
  const near = workloads.filter(({ object }) => object.namespace.value === namespace);
  if (near.some((workload) => selects.matches(podsOf(workload).labels))) return undefined;
  const workload = near.find(({ object }) => selects.matches(ownLabels(object.labels)));
  if (workload === undefined) return undefined;
  const key = [...selects.keys].find((each) => !workload.pod.labels.has(each) && workload.object.labels.has(each));
  const label = workload.object.labels.get(key ?? '');
  return key === undefined || label === undefined ? undefined : { policies: [policy], workload, label, key };
}

function ownLabels(labels: Workload['object']['labels']): Map<string, string> {
  return new Map([...labels].map(([key, { value }]) => [key, value]));
}

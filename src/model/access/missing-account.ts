import { allNames, sameNamespace } from '../../objects/kubernetes-object.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import { isPresent, type Present } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';
import { isTypo } from '../../text/is-typo.ts';
import type { RootModel } from '../root-model.ts';
import { findAccount, type ServiceAccount } from './access.ts';

/** An account that the pods of a workload run as and that does not exist. */
export interface MissingAccount {
  readonly named: Present<string>;
  /** The account that was meant. */
  readonly near: ServiceAccount;
  readonly how: 'typo' | 'renamed';
}

/**
 * Finds it if an account of the build has nearly this name and no other pods run as that, or has had this name before
 * the build changed it. Any other name may belong to an account outside the tree.
 */
export function findMissingAccount(model: RootModel, { object, pod }: Workload): MissingAccount | undefined {
  const named = pod.serviceAccountName;
  const namespace = object.namespace.value;
  if (!isPresent(named) || isSymbolic(named.value) || !model.complete) return undefined;
  if (findAccount(model.access, named.value, namespace) !== undefined) return undefined;
  const accounts = model.access.accounts.filter((account) => sameNamespace(account.object.namespace.value, namespace));
  const renamed = accounts.find((account) => account.object.earlierNames.includes(named.value));
  const near = renamed ?? accounts.find((account) => isMeant(model, account, named.value));
  if (near === undefined || isElsewhere(model, named.value, namespace)) return undefined;
  return { named, near, how: renamed === undefined ? 'typo' : 'renamed' };
}

function isMeant({ workloads }: RootModel, { object }: ServiceAccount, name: string): boolean {
  const account = object.name.value ?? '';
  return (
    allNames(object).some((other) => isTypo(name, other)) &&
    !workloads.some(({ pod }) => pod.serviceAccountName.value === account)
  );
}

/** Whether another root, or a file beside the build, brings an account of this name. */
function isElsewhere({ unlisted, otherRoots }: RootModel, name: string, namespace: string | undefined): boolean {
  return (
    otherRoots.accountsNamed(name).some(({ object }) => sameNamespace(object.namespace.value, namespace)) ||
    // Asked last, since it reads the files beside the build.
    findAccount(unlisted.access(), name, namespace) !== undefined
  );
}

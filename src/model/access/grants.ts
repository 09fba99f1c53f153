import { groupBy } from '../../collections/group-by.ts';
import { oncePer } from '../../collections/once.ts';
import { hasLabels, sameNamespace } from '../../objects/kubernetes-object.ts';
import type { Workload } from '../../objects/workload.ts';
import type { Access, AccessBinding, AccessRole, AccessRule } from './access.ts';

/** An account that pods run as. */
export interface AccountName {
  readonly name: string;
  readonly namespace: string | undefined;
}

/** The account that the pods of a workload run as: `default` if they name none. */
export function accountOf({ object, pod }: Workload): AccountName {
  return { name: pod.serviceAccountName.value ?? 'default', namespace: object.namespace.value };
}

/** What a pod wants to do with Jobs of a namespace. */
export interface JobRequest {
  readonly verb: string;
  readonly namespace: string | undefined;
  /** The names of the Jobs, any of which will do; empty for a selector. */
  readonly names: readonly string[];
}

/** `unknown`: a binding for the account refers to a role that is not in the tree. */
export type Decision = 'allowed' | 'denied' | 'unknown';

/** Whether the bindings of a tree let an account do something with Jobs, as Kubernetes' RBAC authorizer decides. */
export function decide(access: Access, account: AccountName, request: JobRequest): Decision {
  let unknown = false;
  for (const binding of bindingsFor(access, account)) {
    if (!coversNamespace(binding, request.namespace)) continue;
    const rules = effectiveRules(access, binding);
    if (rules === 'unknown') unknown = true;
    else if (rules === 'all' || rules.some((rule) => ruleAllows(rule, request))) return 'allowed';
  }
  return unknown ? 'unknown' : 'denied';
}

/** The bindings that name an account, or a group it belongs to. */
export function bindingsFor(access: Access, account: AccountName): AccessBinding[] {
  const { byAccount, positions, toOthers } = indexBindings(access.bindings);
  const named = byAccount.get(account.name) ?? [];
  const candidates =
    toOthers.length === 0
      ? named
      : [...new Set([...named, ...toOthers])].sort((a, b) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0));
  return candidates.filter((binding) => namesAccount(binding, account));
}

/** The bindings of a tree by the names of accounts, since a tree may have as many waiters as bindings. */
const indexBindings = oncePer((bindings: readonly AccessBinding[]) => ({
  byAccount: groupBy(bindings, ({ subjects }) => subjects.map(({ name }) => name.value ?? '')),
  positions: new Map(bindings.map((binding, index) => [binding, index])),
  // Any account may belong to a group or be meant by a user.
  toOthers: bindings.filter(({ subjects }) => subjects.some(({ kind }) => kind !== 'ServiceAccount')),
}));

/** Whether a binding gives rights in this namespace. */
export function coversNamespace(binding: AccessBinding, namespace: string | undefined): boolean {
  return binding.clusterWide || sameNamespace(binding.object.namespace.value, namespace);
}

/** The role that a binding refers to, if it is in the tree. */
export function findRole(access: Access, binding: AccessBinding): AccessRole | undefined {
  return rolesByName(access)
    .get(binding.roleName.value)
    ?.find(
      ({ object, clusterWide }) =>
        clusterWide === (binding.roleKind === 'ClusterRole') &&
        (clusterWide || sameNamespace(object.namespace.value, binding.object.namespace.value)),
    );
}

const rolesByName = oncePer(({ roles }: Access) => groupBy(roles, ({ object }) => [object.name.value]));

/** Whether a binding gives whom it names the right to one of these requests, as far as its role is known. */
export function grants(access: Access, binding: AccessBinding, requests: readonly JobRequest[]): boolean {
  return isBuiltInReader(binding) || grantingRole(access, binding, requests) !== undefined;
}

/** The role that a binding refers to, if it is in the tree and one of its rules allows one of these requests. */
export function grantingRole(
  access: Access,
  binding: AccessBinding,
  requests: readonly JobRequest[],
): AccessRole | undefined {
  const role = findRole(access, binding);
  return role?.rules.some((rule) => requests.some((request) => ruleAllows(rule, request))) ? role : undefined;
}

/** Whether one rule allows a request on its own. */
export function ruleAllows(rule: AccessRule, request: JobRequest): boolean {
  return (
    holds(rule.verbs, request.verb) &&
    holds(rule.apiGroups, 'batch') &&
    holds(rule.resources, 'jobs') &&
    (rule.resourceNames.length === 0 || rule.resourceNames.some(({ value }) => request.names.includes(value)))
  );
}

/** Whether a list of a rule holds an item, or everything. */
export function holds(list: readonly { readonly value: string }[], item: string): boolean {
  return list.some(({ value }) => value === item || value === '*');
}

/** The ClusterRoles of every cluster that may read Jobs; no tree contains them. */
const builtInReaders = new Set(['view', 'edit', 'admin', 'cluster-admin']);

/** Whether a binding refers to a ClusterRole of every cluster that may read Jobs. */
export function isBuiltInReader({ roleKind, roleName }: AccessBinding): boolean {
  return roleKind === 'ClusterRole' && builtInReaders.has(roleName.value ?? '');
}

/** A role's rules with those that it aggregates; `all` for the built-in readers, `unknown` for a role outside the tree. */
function effectiveRules(access: Access, binding: AccessBinding): readonly AccessRule[] | 'all' | 'unknown' {
  const role = findRole(access, binding);
  if (role === undefined) {
    return isBuiltInReader(binding) ? 'all' : 'unknown';
  }
  if (role.gathers === undefined) return role.rules;
  const gathered = access.roles.filter(
    ({ object, clusterWide }) => clusterWide && role.gathers?.some((labels) => hasLabels(object, labels)),
  );
  return gathered.length === 0 ? 'unknown' : [...role.rules, ...gathered.flatMap(({ rules }) => rules)];
}

function namesAccount(binding: AccessBinding, account: AccountName): boolean {
  return binding.subjects.some(({ kind, name, namespace }) => {
    switch (kind) {
      case 'ServiceAccount':
        return (
          name.value === account.name &&
          sameNamespace(namespace.value ?? binding.object.namespace.value, account.namespace)
        );
      case 'Group':
        return isGroupOf(name.value ?? '', account);
      case 'User': {
        const [, subjectNamespace, subjectName] =
          /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name.value ?? '') ?? [];
        return subjectName === account.name && sameNamespace(subjectNamespace, account.namespace);
      }
      default:
        return false;
    }
  });
}

function isGroupOf(group: string, account: AccountName): boolean {
  if (group === 'system:serviceaccounts' || group === 'system:authenticated') return true;
  const namespace = /^system:serviceaccounts:(.+)$/.exec(group)?.[1];
  return namespace !== undefined && sameNamespace(namespace, account.namespace);
}

import type { Fix } from '../../findings/fix.ts';
import { describeObject } from '../../objects/kubernetes-object.ts';
import { historyOf } from '../../objects/place.ts';
import type { Workload } from '../../objects/workload.ts';
import type { Related } from '../../source/related.ts';
import type { Span } from '../../source/span.ts';
import type { RootModel } from '../root-model.ts';
import type { Access, AccessBinding, AccessRole } from './access.ts';
import { bindAccount } from './grant-jobs.ts';
import {
  type AccountName,
  accountOf,
  bindingsFor,
  coversNamespace,
  findRole,
  grants,
  holds,
  type JobRequest,
} from './grants.ts';
import { explainNamesake, explainOtherAccount } from './other-account.ts';
import { explainRole, nearestRule } from './role-lack.ts';
import { withSharedRoles } from './shared-roles.ts';
import { explainUnlistedBinding } from './unlisted-binding.ts';

/** Why an account may not do something, and the line to change. */
export interface Denial {
  readonly at: Span;
  /** Follows "may not `get` Jobs" in a sentence. Begins with a comma or a space, or is empty. */
  readonly clause: string;
  readonly related: readonly Related[];
  readonly hint: string;
  readonly field?: string;
  readonly fix?: Fix | undefined;
  /** Whether the account may get its rights in a way that the tree does not show. */
  readonly isUncertain?: true;
}

/** Explains why no binding of a tree allows a workload's account what it asks for, by the binding that comes closest. */
export function explainDenial(
  { access: own, unlisted, otherRoots }: Pick<RootModel, 'access' | 'unlisted' | 'otherRoots'>,
  workload: Workload,
  requests: readonly JobRequest[],
): Denial {
  const account = accountOf(workload);
  const [access] = withSharedRoles(own, own.bindings, otherRoots);
  const bound = explainBound(access, own.roles, account, requests);
  if (bound) return bound;
  const granting = access.bindings.find((binding) => grants(access, binding, requests));
  if (granting) return explainOtherAccount(access, workload, granting);
  for (const other of otherRoots.accessOf(account.name)) {
    const denial = explainBound(other, [], account, requests) ?? explainNamesake(other, workload, requests);
    if (denial) return denial;
  }
  const inUnlistedFile = explainUnlistedBinding({ listed: access, unlisted: unlisted.access() }, workload, requests);
  return inUnlistedFile ?? explainNone(access, workload);
}

/**
 * Explains what a binding for the account lacks: its role the rights, or itself the namespace of the Job. Only roles of
 * the own root can be fixed.
 */
function explainBound(
  access: Access,
  ownRoles: readonly AccessRole[],
  account: AccountName,
  requests: readonly JobRequest[],
): Denial | undefined {
  const namespace = requests[0]?.namespace;
  const bindings = bindingsFor(access, account);
  const bound = bindings
    .filter((one) => coversNamespace(one, namespace))
    .map((binding) => ({ binding, role: findRole(access, binding) }));
  const nearest = bound.find(({ role }) => role && nearestRule(role)) ?? bound.find(({ role }) => role);
  if (nearest?.role) {
    const denial = explainRole(nearest.binding, nearest.role, requests);
    return ownRoles.includes(nearest.role) ? denial : { ...denial, fix: undefined };
  }
  const elsewhere = bindings.find((one) => !coversNamespace(one, namespace));
  return elsewhere && explainNamespace(elsewhere, namespace);
}

function explainNamespace(binding: AccessBinding, namespace: string | undefined): Denial {
  const place = binding.object.namespace.place;
  return {
    at: place.at,
    clause: `, since ${describeObject(binding.object)} is for namespace \`${binding.object.namespace.value ?? ''}\` and the Job is in \`${namespace ?? ''}\``,
    related: historyOf(place, 'namespace'),
    hint: "A RoleBinding applies only to its own namespace: put Role and RoleBinding into the Job's.",
    field: 'metadata.namespace',
  };
}

function explainNone(access: Access, workload: Workload): Denial {
  const account = accountOf(workload);
  const named = workload.pod.serviceAccountName;
  const role = access.roles.find((candidate) =>
    candidate.rules.some((rule) => holds(rule.apiGroups, 'batch') && holds(rule.resources, 'jobs')),
  );
  return {
    at: (named.removal ?? named.place).at,
    clause: role
      ? `, since no RoleBinding gives it ${describeObject(role.object)}`
      : ', since nothing in this build binds it to a role',
    related: role
      ? [{ at: role.object.name.place.at, note: 'this role has the rights, and nobody is bound to it' }]
      : [],
    hint: role
      ? `Add a RoleBinding of ${describeObject(role.object)} to ServiceAccount \`${account.name}\`.`
      : `Add a Role with \`get\`, \`list\` and \`watch\` on \`jobs\` of group \`batch\`, and a RoleBinding to ServiceAccount \`${account.name}\`.`,
    field: named.path,
    fix: bindAccount(access, workload, role),
  };
}

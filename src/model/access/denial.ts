import { editDistance } from '../../edit-distance.ts';
import type { Fix } from '../../findings/fix.ts';
import { isTypo } from '../../is-typo.ts';
import { describeObject } from '../../objects/kubernetes-object.ts';
import { historyOf, type Place } from '../../objects/place.ts';
import type { Workload } from '../../objects/workload.ts';
import type { Related } from '../../source/related.ts';
import type { Span } from '../../source/span.ts';
import type { RootModel } from '../root-model.ts';
import type { Access, AccessBinding, AccessRole, AccessRule, AccessSubject } from './access.ts';
import { findAccount } from './access.ts';
import {
  bindAccount,
  bindRole,
  hasVerbsInCapitals,
  isForJobsOnly,
  misspeltResource,
  nameAccount,
  widenRole,
} from './grant-jobs.ts';
import {
  type AccountName,
  accountOf,
  bindingsFor,
  coversNamespace,
  findRole,
  grants,
  holds,
  type JobRequest,
  ruleAllows,
} from './grants.ts';
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

/**
 * Explains that a binding for the account refers to the wrong role: one that is not in the tree, although the tree has
 * a role with the rights that nobody is bound to, or with nearly the same name. Undefined if the role may exist elsewhere.
 */
export function explainLostRole(
  access: Access,
  account: AccountName,
  requests: readonly JobRequest[],
): Denial | undefined {
  const binding = bindingsFor(access, account).find((one) => findRole(access, one) === undefined);
  if (binding === undefined) return undefined;
  const bound = new Set(access.bindings.map((one) => findRole(access, one)));
  const isMeant = (candidate: AccessRole): boolean =>
    !bound.has(candidate) || isTypo(binding.roleName.value ?? '', candidate.object.name.value ?? '');
  const role = access.roles.find(
    (candidate) => isMeant(candidate) && candidate.rules.some((rule) => requests.every((one) => ruleAllows(rule, one))),
  );
  if (role === undefined) return undefined;
  const { kind, name } = role.object;
  return {
    at: binding.roleName.place.at,
    clause: `, since ${describeObject(binding.object)} refers to ${binding.roleKind} \`${binding.roleName.value ?? ''}\`, which this build does not contain`,
    related: [
      {
        at: name.place.at,
        note: `${kind} \`${name.value ?? ''}\` has the rights${bound.has(role) ? '' : ', and nobody is bound to it'}`,
      },
    ],
    hint: `Did you mean \`kind: ${kind}\`, \`name: ${name.value ?? ''}\`? A roleRef cannot be changed: delete the binding in the cluster first.`,
    field: binding.roleName.path,
    fix: bindRole(binding, role),
  };
}

function explainRole(binding: AccessBinding, role: AccessRole, requests: readonly JobRequest[]): Denial {
  const related = [{ at: binding.roleName.place.at, note: `${describeObject(binding.object)} gives it this role` }];
  const rule = nearestRule(role);
  const verbs = requests.map(({ verb }) => verb);
  const list = verbs.map((verb) => `"${verb}"`).join(', ');
  if (rule === undefined) {
    return {
      at: role.rulesPlace.at,
      clause: `, since ${describeObject(role.object)} has no rule for them`,
      related,
      hint: `Add a rule for resources \`jobs\` of group \`batch\` with verbs \`[${list}]\`.`,
      field: 'rules',
      fix: widenRole(role, undefined, requests),
    };
  }
  const lack = lackOf(rule, verbs);
  return {
    at: lack.place.at,
    clause: `, since ${describeObject(role.object)} ${lack.clause}`,
    related: [...historyOf(lack.place, 'rule'), ...related],
    hint: lack.hint,
    field: `${rule.path}.${lack.part}`,
    fix: widenRole(role, rule, requests),
  };
}

/** The rule of a role that comes closest to Jobs: by resource and group, by resource, by group, or by a misspelt resource. */
function nearestRule({ rules }: AccessRole): AccessRule | undefined {
  return (
    rules.find((rule) => holds(rule.resources, 'jobs') && holds(rule.apiGroups, 'batch')) ??
    rules.find((rule) => holds(rule.resources, 'jobs')) ??
    rules.find((rule) => holds(rule.apiGroups, 'batch')) ??
    rules.find((rule) => rule.resources.some(({ value }) => /^jobs?([./]|$)/i.test(value)))
  );
}

interface Lack {
  readonly part: 'resources' | 'apiGroups' | 'resourceNames' | 'verbs';
  readonly place: Place;
  readonly clause: string;
  readonly hint: string;
}

function lackOf(rule: AccessRule, verbs: readonly string[]): Lack {
  const listed = (part: readonly { readonly value: string }[]): string =>
    part.map(({ value }) => `"${value}"`).join(', ');
  const isOfBatch = holds(rule.apiGroups, 'batch');
  if (!holds(rule.resources, 'jobs')) {
    const groups = isOfBatch ? 'group `batch`' : `\`apiGroups: [${listed(rule.apiGroups)}]\``;
    const clause = `allows \`[${listed(rule.resources)}]\` of ${groups}, and not \`jobs\`${isOfBatch ? '' : ' of group `batch`'}`;
    const hint = misspeltResource(rule)
      ? 'Write `jobs`.'
      : isOfBatch
        ? 'Add `"jobs"` to `resources`.'
        : 'Add a rule for `jobs` of group `batch`.';
    return { part: 'resources', place: rule.places.resources, clause, hint };
  }
  if (!isOfBatch) {
    const clause = `allows \`jobs\` of \`apiGroups: [${listed(rule.apiGroups)}]\`, while Jobs are in group \`batch\``;
    const hint = isForJobsOnly(rule)
      ? 'Write `apiGroups: ["batch"]`.'
      : 'Give `jobs` a rule of their own with `apiGroups: ["batch"]`.';
    return { part: 'apiGroups', place: rule.places.apiGroups, clause, hint };
  }
  const missing = verbs.filter((verb) => !holds(rule.verbs, verb));
  const [name] = rule.resourceNames;
  if (missing.length === 0 && name) {
    const clause = `allows them only for \`resourceNames: [${listed(rule.resourceNames)}]\``;
    const hint = 'Leave `resourceNames` out: the name of a Job changes with each release.';
    return { part: 'resourceNames', place: name.place, clause, hint };
  }
  return {
    part: 'verbs',
    place: rule.places.verbs,
    clause: `allows only \`[${listed(rule.verbs)}]\` on them`,
    hint: hasVerbsInCapitals(rule, missing)
      ? 'Write the verbs in lower case.'
      : `Add ${missing.map((verb) => `\`"${verb}"\``).join(', ')} to \`verbs\`.`,
  };
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

/** A binding grants the rights to another account: either the pod or the subject has the wrong name. */
function explainOtherAccount(access: Access, workload: Workload, binding: AccessBinding): Denial {
  const account = accountOf(workload);
  const subject = binding.subjects.find(({ kind }) => kind === 'ServiceAccount');
  const named = workload.pod.serviceAccountName;
  if (subject === undefined) return explainNoAccount(workload, binding);
  const meant = subject.name.value ?? '';
  const isThere = (name: string): boolean => findAccount(access, name, account.namespace) !== undefined;
  if (named.value === meant || (named.value !== undefined && isThere(named.value) && !isThere(meant))) {
    return explainWrongSubject(workload, binding, subject);
  }
  const unset = named.value === undefined;
  // Pods with an account of their own should not use that of another service.
  const hasOwn = named.value !== undefined && isThere(named.value);
  return {
    at: (named.removal ?? named.place).at,
    clause: `, since ${describeObject(binding.object)} gives that right to \`${meant}\`${unset ? ', and the pod template names no `serviceAccountName`' : ''}`,
    related: [
      ...(unset && !named.removal ? [] : historyOf(named.removal ?? named.place, 'account')),
      { at: subject.name.place.at, note: `${describeObject(binding.object)} names \`${meant}\` here` },
    ],
    hint: hasOwn
      ? `Name ServiceAccount \`${account.name}\` as the subject of a RoleBinding with that right.`
      : (didYouMean(account.name, meant) ?? `Set \`serviceAccountName: ${meant}\` in the pod template.`),
    fix: hasOwn ? bindLike(access, workload, binding) : nameAccount(workload.object, named, subject.name),
    field: named.path,
  };
}

/** A binding of another root for an account of this name in another namespace. */
function explainNamesake(access: Access, workload: Workload, requests: readonly JobRequest[]): Denial | undefined {
  const { name } = accountOf(workload);
  for (const binding of access.bindings) {
    const subject = binding.subjects.find((one) => one.kind === 'ServiceAccount' && one.name.value === name);
    if (subject && grants(access, binding, requests)) {
      return { ...explainWrongSubject(workload, binding, subject), fix: undefined };
    }
  }
  return undefined;
}

/** The subject of a binding names the account in another namespace, or an account that is not in the tree. */
function explainWrongSubject(workload: Workload, { object }: AccessBinding, subject: AccessSubject): Denial {
  const named = workload.pod.serviceAccountName;
  const account = accountOf(workload);
  const isNamed = subject.name.value === named.value;
  const { place, value = '' } = isNamed ? subject.namespace : subject.name;
  return {
    at: place.at,
    clause: `, since ${describeObject(object)} gives that right to ${isNamed ? 'that name in namespace ' : ''}\`${value}\``,
    related: [...historyOf(place, 'subject'), { at: named.place.at, note: 'the pods run as this account' }],
    hint:
      isNamed && account.namespace !== undefined
        ? `Write \`namespace: ${account.namespace}\`, which the pods are in.`
        : `Name ServiceAccount \`${account.name}\` as the subject.`,
    fix: isNamed ? undefined : nameAccount(object, subject.name, named),
  };
}

/** An account of its own also gets a Role of its own: a tree with this service alone does not have the other service's. */
function bindLike(access: Access, workload: Workload, binding: AccessBinding): Fix | undefined {
  const role = findRole(access, binding);
  return bindAccount(access, workload, role?.clusterWide ? role : undefined);
}

/** The binding with the rights names no ServiceAccount, only users or groups that the pods are not in, or nobody. */
function explainNoAccount(workload: Workload, binding: AccessBinding): Denial {
  const named = workload.pod.serviceAccountName;
  const [subject] = binding.subjects;
  const place = subject?.name.place ?? binding.subjectsPlace;
  const whom = subject ? `${subject.kind} \`${subject.name.value ?? ''}\`` : 'nobody';
  return {
    at: place.at,
    clause: `, since ${describeObject(binding.object)} gives that right to ${whom}`,
    related: named.value === undefined ? [] : [{ at: named.place.at, note: 'the pods run as this account' }],
    hint: `Name ServiceAccount \`${accountOf(workload).name}\` as a subject.`,
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

function didYouMean(wrong: string, meant: string): string | undefined {
  return wrong !== 'default' && editDistance(wrong, meant) <= 2
    ? `Did you mean \`serviceAccountName: ${meant}\`?`
    : undefined;
}

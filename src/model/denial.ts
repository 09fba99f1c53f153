import { editDistance } from '../edit-distance.ts';
import type { Fix } from '../lint/fix.ts';
import type { Related } from '../source/related.ts';
import type { Span } from '../source/span.ts';
import type { Access, AccessBinding, AccessRole, AccessRule } from './access.ts';
import { findAccount } from './access.ts';
import { bindAccount, bindRole, nameAccount, widenRole } from './grant-jobs.ts';
import {
  type AccountName,
  bindingsFor,
  coversNamespace,
  findRole,
  holds,
  type JobRequest,
  ruleAllows,
} from './grants.ts';
import { describeObject } from './kubernetes-object.ts';
import { historyOf, type Place } from './place.ts';
import type { Workload } from './workload.ts';

/** Why an account may not do something, told at the place where somebody would mend it. */
export interface Denial {
  readonly at: Span;
  /** Follows "may not `get` Jobs" in a sentence; begins with a comma or a space, or is empty. */
  readonly clause: string;
  readonly related: readonly Related[];
  readonly hint: string;
  readonly field?: string;
  readonly fix?: Fix;
}

/** Explains why every binding of a tree falls short of these requests, by the one that comes nearest. */
export function explainDenial(
  access: Access,
  workload: Workload,
  account: AccountName,
  requests: readonly JobRequest[],
  namespace: string | undefined,
): Denial {
  const bindings = bindingsFor(access, account);
  for (const binding of bindings.filter((one) => coversNamespace(one, namespace))) {
    const role = findRole(access, binding);
    if (role) return explainRole(binding, role, requests);
  }
  const elsewhere = bindings[0];
  if (elsewhere) return explainNamespace(elsewhere, namespace);
  const granting = access.bindings.find((binding) => {
    const role = findRole(access, binding);
    return role?.rules.some((rule) => requests.some((request) => ruleAllows(rule, request)));
  });
  return granting ? explainOtherAccount(access, workload, account, granting) : explainNone(access, workload, account);
}

/**
 * A binding for the account whose role is not in the tree, while the tree has a role with the rights that nobody is
 * bound to: the reference is wrong. Undefined where the role may well be elsewhere.
 */
export function explainLostRole(
  access: Access,
  account: AccountName,
  requests: readonly JobRequest[],
): Denial | undefined {
  const bound = access.bindings.map((binding) => findRole(access, binding));
  const role = access.roles.find(
    (candidate) =>
      !bound.includes(candidate) && candidate.rules.some((rule) => requests.every((one) => ruleAllows(rule, one))),
  );
  const binding = bindingsFor(access, account).find((one) => findRole(access, one) === undefined);
  if (role === undefined || binding === undefined) return undefined;
  const { kind, name } = role.object;
  return {
    at: binding.roleName.place.at,
    clause: `, since ${describeObject(binding.object)} refers to ${binding.roleKind} \`${binding.roleName.value ?? ''}\`, which this build does not contain`,
    related: [{ at: name.place.at, note: `${kind} \`${name.value ?? ''}\` has the rights, and nobody is bound to it` }],
    hint: `Did you mean \`kind: ${kind}\`, \`name: ${name.value ?? ''}\`? A roleRef cannot be changed: delete the binding in the cluster first.`,
    field: binding.roleName.path,
    ...withFix(bindRole(binding, role)),
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

/** The rule that speaks of Jobs, by resource if it can be; else one that speaks of their group. */
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
  if (!holds(rule.resources, 'jobs')) {
    const clause = `allows \`[${listed(rule.resources)}]\` of group \`batch\`, and not \`jobs\``;
    return { part: 'resources', place: rule.places.resources, clause, hint: 'Add `"jobs"` to `resources`.' };
  }
  if (!holds(rule.apiGroups, 'batch')) {
    const clause = `allows \`jobs\` of \`apiGroups: [${listed(rule.apiGroups)}]\`, while Jobs are in group \`batch\``;
    return { part: 'apiGroups', place: rule.places.apiGroups, clause, hint: 'Write `apiGroups: ["batch"]`.' };
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
    hint: `Add ${missing.map((verb) => `\`"${verb}"\``).join(', ')} to \`verbs\`.`,
  };
}

function explainNamespace(binding: AccessBinding, namespace: string | undefined): Denial {
  const place = binding.object.namespace.place;
  return {
    at: place.at,
    clause: `, since ${describeObject(binding.object)} is for namespace \`${binding.object.namespace.value ?? ''}\` and the Job is in \`${namespace ?? ''}\``,
    related: historyOf(place, 'namespace'),
    hint: "A RoleBinding counts in its own namespace only: put Role and RoleBinding into the Job's.",
    field: 'metadata.namespace',
  };
}

/** There is a binding with the rights, for somebody else: either the pod or the subject has the wrong name. */
function explainOtherAccount(access: Access, workload: Workload, account: AccountName, binding: AccessBinding): Denial {
  const subject = binding.subjects.find(({ kind }) => kind === 'ServiceAccount') ?? binding.subjects[0];
  const named = workload.pod.serviceAccountName;
  const meant = subject?.name.value ?? '';
  const podIsRight =
    named.value !== undefined &&
    findAccount(access, account.name, account.namespace) !== undefined &&
    (subject === undefined || findAccount(access, meant, account.namespace) === undefined);
  if (podIsRight || (named.value === meant && subject)) {
    const other = named.value === meant ? subject?.namespace : subject?.name;
    const place = other?.place ?? binding.subjectsPlace;
    const where =
      named.value === meant ? `that name in namespace \`${subject?.namespace.value ?? ''}\`` : `\`${meant}\``;
    return {
      at: place.at,
      clause: `, since ${describeObject(binding.object)} gives that right to ${subject ? where : 'nobody'}`,
      related: [...historyOf(place, 'subject'), { at: named.place.at, note: 'the pods run as this account' }],
      hint: `Name ServiceAccount \`${account.name}\` as the subject.`,
      ...withFix(subject && named.value !== meant ? nameAccount(binding.object, subject.name, named) : undefined),
    };
  }
  const unset = named.value === undefined;
  return {
    at: named.place.at,
    clause: `, since ${describeObject(binding.object)} gives that right to \`${meant}\`${unset ? ', and the pod template names no `serviceAccountName`' : ''}`,
    related: [
      ...(unset ? [] : historyOf(named.place, 'account')),
      ...(subject
        ? [{ at: subject.name.place.at, note: `${describeObject(binding.object)} names \`${meant}\` here` }]
        : []),
    ],
    hint: didYouMean(account.name, meant) ?? `Set \`serviceAccountName: ${meant}\` in the pod template.`,
    ...withFix(subject && nameAccount(workload.object, named, subject.name)),
    field: named.path,
  };
}

function explainNone(access: Access, workload: Workload, account: AccountName): Denial {
  const named = workload.pod.serviceAccountName;
  const role = access.roles.find((candidate) =>
    candidate.rules.some((rule) => holds(rule.apiGroups, 'batch') && holds(rule.resources, 'jobs')),
  );
  return {
    at: named.place.at,
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
    ...withFix(bindAccount(access, workload, account, role)),
  };
}

function withFix(fix: Fix | undefined): { readonly fix?: Fix } {
  return fix === undefined ? {} : { fix };
}

function didYouMean(wrong: string, meant: string): string | undefined {
  return wrong !== 'default' && editDistance(wrong, meant) <= 2
    ? `Did you mean \`serviceAccountName: ${meant}\`?`
    : undefined;
}

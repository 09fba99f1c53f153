import { setField } from '../../findings/field-change.ts';
import type { Change, Fix, Value } from '../../findings/fix.ts';
import { describeObject, type KubernetesObject, referTo, writtenName } from '../../objects/kubernetes-object.ts';
import { firstText, firstWritten } from '../../objects/place.ts';
import type { Field, Present } from '../../objects/view.ts';
import type { Workload } from '../../objects/workload.ts';
import type { Span } from '../../source/span.ts';
import { type Access, type AccessBinding, type AccessRole, type AccessRule, findAccount } from './access.ts';
import { accountOf, holds, type JobRequest } from './grants.ts';

/** What a waiter needs, by name or by selector. */
const jobRule = { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'list', 'watch'] } as const;

/** Completes the rule of a role that comes closest to what is requested, or adds a rule for Jobs. */
export function widenRole(role: AccessRole, rule: AccessRule | undefined, requests: readonly JobRequest[]): Fix {
  const completion = rule?.resourceNames.length === 0 ? completeRule(rule, requests) : undefined;
  return {
    title: `Let ${describeObject(role.object)} read Jobs`,
    safe: false,
    objects: [referTo(role.object)],
    changes: completion ?? [{ kind: 'append', in: role.rulesPlace.at, path: role.rulesMissing, items: [jobRule] }],
  };
}

/**
 * Corrects the only API group or resource of a rule for Jobs or its verbs in capitals, or adds the missing verbs.
 * Undefined if the rule is about something else.
 */
function completeRule(rule: AccessRule, requests: readonly JobRequest[]): Change[] | undefined {
  const missing = requests.map(({ verb }) => verb).filter((verb) => !holds(rule.verbs, verb));
  const [group, ...groups] = rule.apiGroups;
  if (group && groups.length === 0 && missing.length === 0 && isForJobsOnly(rule)) return [setField(group, 'batch')];
  const resource = misspeltResource(rule);
  if (resource && missing.length === 0 && holds(rule.apiGroups, 'batch')) return [setField(resource, 'jobs')];
  if (!holds(rule.resources, 'jobs') || !holds(rule.apiGroups, 'batch')) return undefined;
  if (hasVerbsInCapitals(rule, missing)) return rule.verbs.map((verb) => setField(verb, verb.value.toLowerCase()));
  return [{ kind: 'append', in: rule.places.verbs.at, path: [], items: missing }];
}

/** The only resource of a rule, if it is `jobs` in the singular or with capitals. */
export function misspeltResource({ resources }: AccessRule): Present<string> | undefined {
  const [resource, ...others] = resources;
  return others.length === 0 && resource && /^jobs?$/i.test(resource.value) ? resource : undefined;
}

/** Whether a rule has these verbs, but not in lower case. */
export function hasVerbsInCapitals({ verbs }: AccessRule, missing: readonly string[]): boolean {
  const written = verbs.map(({ value }) => ({ value: value.toLowerCase() }));
  return missing.length > 0 && missing.every((verb) => holds(written, verb));
}

/** Whether a rule is about `jobs` and nothing else. */
export function isForJobsOnly({ resources }: AccessRule): boolean {
  return resources.length > 0 && resources.every(({ value }) => value === 'jobs');
}

/** Sets the account that one object names to the one that another field names. */
export function nameAccount(object: KubernetesObject, field: Field<string>, meant: Field<string>): Fix | undefined {
  const name = meant.value === undefined ? undefined : firstText(meant.place);
  if (name === undefined) return undefined;
  const changes = [setField(field, name)];
  return { title: `Name ServiceAccount \`${name}\``, safe: false, objects: [referTo(object)], changes };
}

/** Binds an account to a role of the tree with the rights, or to a new one. */
export function bindAccount(access: Access, workload: Workload, role: AccessRole | undefined): Fix | undefined {
  const account = accountOf(workload);
  const own = findAccount(access, account.name, account.namespace)?.object;
  const home = own ?? workload.object;
  const named = workload.pod.serviceAccountName;
  // A patch may name another account than the base. Where that is written, the build renames the binding's subject along with it.
  const name = own ? writtenName(own) : named.value === undefined ? account.name : firstText(named.place);
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) return undefined;
  const namespace = writtenNamespace(home);
  const newName = `${name}-reads-jobs`;
  const metadata = { name: newName, ...(namespace === undefined ? {} : { namespace }) };
  const newRole: Value = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules: [jobRule] };
  const binding = bindingOf(
    metadata,
    { kind: 'ServiceAccount', name, ...(namespace === undefined ? {} : { namespace }) },
    role,
  );
  const beside = firstWritten(home.name.place);
  return {
    title: `Write ${role ? 'a RoleBinding' : 'a Role and a RoleBinding'} for ServiceAccount \`${name}\``,
    safe: false,
    changes: [
      {
        kind: 'create',
        beside,
        listed: listedAs(home, beside),
        name: `${newName}.yaml`,
        objects: role ? [binding] : [newRole, binding],
      },
    ],
  };
}

/** Points a binding at an existing role. */
export function bindRole(binding: AccessBinding, role: AccessRole): Fix | undefined {
  if (binding.roleKind !== role.object.kind) return undefined;
  const name = writtenName(role.object);
  return {
    title: `Refer to ${describeObject(role.object)}`,
    safe: false,
    objects: [referTo(binding.object)],
    changes: [setField(binding.roleName, name)],
  };
}

function bindingOf(metadata: { readonly name: string }, subject: Value, role: AccessRole | undefined): Value {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    subjects: [subject],
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: role?.object.kind ?? 'Role',
      name: role ? writtenName(role.object) : metadata.name,
    },
  };
}

/** The namespace in the object's own file; undefined if a step of the build sets it. */
function writtenNamespace({ namespace }: KubernetesObject): string | undefined {
  const isWritten = namespace.value !== undefined && namespace.place.steps[0]?.by === 'written';
  return isWritten ? firstText(namespace.place) : undefined;
}

/** The list entry that names the object's file; undefined if there is none. */
function listedAs({ listedIn }: KubernetesObject, beside: Span): Span | undefined {
  const last = listedIn.at(-1);
  return last?.file === beside.file ? undefined : last;
}

import { describeObject } from '../../objects/kubernetes-object.ts';
import { historyOf, type Place } from '../../objects/place.ts';
import type { AccessBinding, AccessRole, AccessRule } from './access.ts';
import type { Denial } from './denial.ts';
import { hasVerbsInCapitals, isForJobsOnly, misspeltResource, widenRole } from './grant-jobs.ts';
import { holds, type JobRequest } from './grants.ts';

/** Explains what the role of a binding lacks, by its rule that comes closest. */
export function explainRole(binding: AccessBinding, role: AccessRole, requests: readonly JobRequest[]): Denial {
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
export function nearestRule({ rules }: AccessRole): AccessRule | undefined {
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

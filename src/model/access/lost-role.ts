import { describeObject } from '../../objects/kubernetes-object.ts';
import { isTypo } from '../../text/is-typo.ts';
import type { Access, AccessRole } from './access.ts';
import type { Denial } from './denial.ts';
import { bindRole } from './grant-jobs.ts';
import { type AccountName, bindingsFor, findRole, type JobRequest, ruleAllows } from './grants.ts';

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

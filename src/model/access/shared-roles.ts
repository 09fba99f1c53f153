import type { OtherRoots } from '../other-roots/other-roots.ts';
import type { Access, AccessBinding } from './access.ts';
import { findRole, isBuiltInReader } from './grants.ts';

/**
 * The access rules of a root together with the ClusterRoles of other roots that these bindings refer to. Several results
 * if other roots have different ClusterRoles of one name, which may be for different clusters; just the root's own rules if
 * they have none.
 */
export function withSharedRoles(
  access: Access,
  bindings: readonly AccessBinding[],
  otherRoots: OtherRoots,
): readonly [Access, ...Access[]] {
  const lacking = bindings.filter(
    (binding) =>
      binding.roleKind === 'ClusterRole' && !isBuiltInReader(binding) && findRole(access, binding) === undefined,
  );
  const names = new Set(lacking.map(({ roleName }) => roleName.value ?? ''));
  const found = [...names].map((name) => otherRoots.clusterRolesNamed(name));
  const first = found.flatMap((roles) => roles.slice(0, 1));
  const variants = found.flatMap((roles) => roles.slice(1)).map((role) => [role, ...first]);
  const complete = (roles: Access['roles']): Access => ({ ...access, roles: [...access.roles, ...roles] });
  return first.length === 0 ? [access] : [complete(first), ...variants.map(complete)];
}

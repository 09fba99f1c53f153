import type { View } from '../../../objects/view.ts';
import type { RefusedField } from './refused-field.ts';

/** What is wrong with the rules of a role, apart from what `wait-rbac` says of those for Jobs. */
export function refusedRole(view: View, type: 'Role' | 'ClusterRole'): RefusedField[] {
  return view
    .get('rules')
    .items()
    .flatMap((rule) => (rule.get('nonResourceURLs').items().length > 0 ? forPaths(rule, type) : forResources(rule)));
}

function forPaths(rule: View, type: string): RefusedField[] {
  const paths = rule.get('nonResourceURLs');
  const isMixed = ['apiGroups', 'resources', 'resourceNames'].some((key) => rule.get(key).items().length > 0);
  if (type === 'ClusterRole' && !isMixed) return [];
  return [
    {
      view: paths,
      what:
        type === 'Role'
          ? `has \`${paths.path}\`, which only a ClusterRole may have`
          : `has both paths and resources in \`${rule.path}\``,
      hint: type === 'Role' ? 'Move the rule to a ClusterRole.' : 'Make two rules of it.',
    },
  ];
}

function forResources(rule: View): RefusedField[] {
  const missing = ['apiGroups', 'resources'].filter((key) => isNone(rule.get(key)));
  if (rule.shape !== 'map' || missing.length === 0) return [];
  if (
    rule
      .get('resources')
      .texts()
      .some(({ value }) => value === 'jobs' || value === '*')
  )
    return [];
  return missing.map((key) => ({
    view: rule.get(key),
    what: `has no \`${key}\` in \`${rule.path}\``,
    hint:
      key === 'apiGroups'
        ? 'Name the API groups of the resources; `""` is that of pods, ConfigMaps and Secrets.'
        : 'Name the resources that the rule is for.',
  }));
}

function isNone(list: View): boolean {
  return !list.exists || (list.shape === 'list' && list.items().length === 0);
}

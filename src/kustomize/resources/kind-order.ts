import { compareText } from '../../text/compare-text.ts';
import type { GroupVersionKind } from './resource-id.ts';

/** The kinds that kustomize sorts first, since others depend on them (`orderFirst` in kustomize's `resid` package). */
export const kindsFirst: readonly string[] = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];

/** The kinds that it sorts last. */
export const kindsLast: readonly string[] = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** The ranks of kinds that come first, below 0, and last, above 0. All others have rank 0. */
export function rankKinds(first: readonly string[], last: readonly string[]): ReadonlyMap<string, number> {
  return new Map([
    ...first.map((kind, i) => [kind, i - first.length] as const),
    ...last.map((kind, i) => [kind, i + 1] as const),
  ]);
}

const ranks = rankKinds(kindsFirst, kindsLast);

/** Compares types in kustomize's order: the kinds above first or last, all others by group, version and kind. */
export function compareTypes(a: GroupVersionKind, b: GroupVersionKind): number {
  const apart = (ranks.get(a.kind) ?? 0) - (ranks.get(b.kind) ?? 0);
  return apart === 0 ? compareText(typeKey(a), typeKey(b)) : apart;
}

/** A sort key for types, in which an absent part comes after all letters. */
export function typeKey({ group, version, kind }: GroupVersionKind): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
}

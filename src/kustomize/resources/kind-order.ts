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

const positions = new Map([
  ...kindsFirst.map((kind, i) => [kind, i - kindsFirst.length] as const),
  ...kindsLast.map((kind, i) => [kind, i + 1] as const),
]);

/** Compares types in kustomize's order: the kinds above first or last, all others by group, version and kind. */
export function compareTypes(a: GroupVersionKind, b: GroupVersionKind): number {
  const apart = (positions.get(a.kind) ?? 0) - (positions.get(b.kind) ?? 0);
  if (apart !== 0) return apart;
  return compareText(typeKey(a), typeKey(b));
}

/** A sort key for types, in which an absent part comes after all letters. */
export function typeKey({ group, version, kind }: GroupVersionKind): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
}

import type { Resource } from '../../kustomize/resources/resource.ts';
import { parseApiVersion } from '../../kustomize/resources/resource-id.ts';
import { compareText } from '../../text/compare-text.ts';

/** The kinds that kustomize-controller applies first, in this order (fluxcd/pkg/ssa). */
const first = [
  'CustomResourceDefinition',
  'Namespace',
  'ClusterRole',
  'ClusterClass',
  'RuntimeClass',
  'PriorityClass',
  'StorageClass',
  'VolumeSnapshotClass',
  'IngressClass',
  'GatewayClass',
  'ClusterRoleBinding',
  'ResourceQuota',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'Secret',
  'Service',
  'LimitRange',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/**
 * Sorts objects into the order in which Flux applies them. It has three stages: definitions, then classes, then the
 * rest, and it waits for the first two. Within a stage it sorts by kind, group, namespace and name. The order in which
 * resources are listed has no effect.
 */
export function sortForApply(resources: readonly Resource[]): Resource[] {
  return [...resources].sort(
    (a, b) =>
      stageOf(a) - stageOf(b) ||
      rankOf(a.kind) - rankOf(b.kind) ||
      compareText(groupOf(a), groupOf(b)) ||
      compareText(a.kind, b.kind) ||
      compareText(a.namespace, b.namespace) ||
      compareText(a.name, b.name),
  );
}

function stageOf({ kind, apiVersion }: Resource): number {
  const lower = kind.toLowerCase();
  if (lower === 'customresourcedefinition' && apiVersion.startsWith('apiextensions.k8s.io/')) return 0;
  if (lower === 'namespace' && apiVersion === 'v1') return 0;
  if (lower === 'clusterrole' && apiVersion.startsWith('rbac.authorization.k8s.io/')) return 0;
  return kind.endsWith('Class') ? 1 : 2;
}

function rankOf(kind: string): number {
  const index = first.indexOf(kind);
  return index >= 0 ? index - first.length : last.indexOf(kind) + 1;
}

function groupOf({ apiVersion }: Resource): string {
  return parseApiVersion(apiVersion).group;
}

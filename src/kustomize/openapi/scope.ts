import type { GroupVersionKind } from '../resource-id.ts';
import { clusterScopedKinds } from './kubernetes.generated.ts';

let known: Set<string> | undefined;

/**
 * Whether kustomize knows a kind to be outside of all namespaces. It knows the kinds of Kubernetes 1.21, by their exact
 * apiVersion; every other kind counts as namespaced, a custom resource and `rbac.authorization.k8s.io/v2` alike.
 */
export function isClusterScoped(gvk: GroupVersionKind): boolean {
  known ??= readKinds(clusterScopedKinds);
  return known.has(`${gvk.group === '' ? '' : `${gvk.group}/`}${gvk.version} ${gvk.kind}`);
}

function readKinds(table: string): Set<string> {
  const found = new Set<string>();
  for (const line of table.trim().split('\n')) {
    const [apiVersion, ...kinds] = line.split(' ');
    for (const kind of kinds) found.add(`${apiVersion} ${kind}`);
  }
  return found;
}

import type { GroupVersionKind } from '../resources/resource-id.ts';
import { clusterScopedKinds } from './kubernetes.generated.ts';

let known: Set<string> | undefined;

const none: ReadonlySet<string> = new Set();

/** The kinds that the schema of the tree being built adds. Trees are built one at a time. */
let declared = none;

/**
 * Whether kustomize knows that a kind is cluster-scoped. It knows the kinds of Kubernetes 1.21, by their exact
 * apiVersion, and those of the tree's own schema. All others count as namespaced: custom resources, and even
 * `rbac.authorization.k8s.io/v2`.
 */
export function isClusterScoped(gvk: GroupVersionKind): boolean {
  known ??= readKinds(clusterScopedKinds);
  const type = `${gvk.group === '' ? '' : `${gvk.group}/`}${gvk.version} ${gvk.kind}`;
  return known.has(type) || declared.has(type);
}

/** Sets the cluster-scoped kinds of a tree's own schema, until the end of its build. */
export function declareClusterScoped(kinds: ReadonlySet<string>): void {
  declared = kinds;
}

/** Resets the kinds that `declareClusterScoped` has set. */
export function forgetClusterScoped(): void {
  declared = none;
}

function readKinds(table: string): Set<string> {
  const found = new Set<string>();
  for (const line of table.trim().split('\n')) {
    const [apiVersion, ...kinds] = line.split(' ');
    for (const kind of kinds) found.add(`${apiVersion} ${kind}`);
  }
  return found;
}

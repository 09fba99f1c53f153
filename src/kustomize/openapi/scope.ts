import type { GroupVersionKind } from '../resource-id.ts';
import { clusterScopedKinds } from './kubernetes.generated.ts';

let known: Set<string> | undefined;

const none: ReadonlySet<string> = new Set();

/** What the schema of the tree that is being built adds. Trees are built one after the other, each to its end. */
let declared = none;

/**
 * Whether kustomize knows a kind to be outside of all namespaces. It knows the kinds of Kubernetes 1.21, by their exact
 * apiVersion, and those of a schema that the tree itself brings; every other kind counts as namespaced, a custom
 * resource and `rbac.authorization.k8s.io/v2` alike.
 */
export function isClusterScoped(gvk: GroupVersionKind): boolean {
  known ??= readKinds(clusterScopedKinds);
  const type = `${gvk.group === '' ? '' : `${gvk.group}/`}${gvk.version} ${gvk.kind}`;
  return known.has(type) || declared.has(type);
}

/** Takes over the scopes that a tree's own schema tells, until the end of its build. */
export function declareClusterScoped(kinds: ReadonlySet<string>): void {
  declared = kinds;
}

/** Forgets what the last tree has told. */
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

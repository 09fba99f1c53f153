import type { Dialect } from '../dialect.ts';
import type { GroupVersionKind } from '../resources/resource-id.ts';
import { clusterScopedKinds } from './kubernetes.generated.ts';

let known: Set<string> | undefined;

/** What 5.8.2 has added to the kinds of Kubernetes 1.21. */
const addedKinds: Readonly<Record<Dialect, readonly string[]>> = {
  '5.7': [],
  '5.8': [],
  '5.8.2': ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'].map(
    (kind) => `admissionregistration.k8s.io/v1 ${kind}`,
  ),
};

/** The kinds that the version, and the schema of the tree being built, add. Trees are built one at a time. */
let declared: readonly string[] = [];

/**
 * Whether kustomize knows that a kind is cluster-scoped. It knows the kinds of Kubernetes 1.21, by their exact
 * apiVersion, and those of the tree's own schema. All others count as namespaced: custom resources, and even
 * `rbac.authorization.k8s.io/v2`.
 */
export function isClusterScoped(gvk: GroupVersionKind): boolean {
  known ??= readKinds(clusterScopedKinds);
  const type = `${gvk.group === '' ? '' : `${gvk.group}/`}${gvk.version} ${gvk.kind}`;
  return known.has(type) || declared.includes(type);
}

/** Sets the cluster-scoped kinds that a version of kustomize knows besides, until the end of a build. */
export function startScopes(dialect: Dialect): void {
  declared = addedKinds[dialect];
}

/** Adds the cluster-scoped kinds of a tree's own schema, until the end of its build. */
export function declareClusterScoped(kinds: ReadonlySet<string>): void {
  declared = [...declared, ...kinds];
}

/** Resets the kinds that were added. */
export function forgetClusterScoped(): void {
  declared = [];
}

function readKinds(table: string): Set<string> {
  const found = new Set<string>();
  for (const line of table.trim().split('\n')) {
    const [apiVersion, ...kinds] = line.split(' ');
    for (const kind of kinds) found.add(`${apiVersion} ${kind}`);
  }
  return found;
}

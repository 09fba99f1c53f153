import { isClusterScoped } from '../openapi/scope.ts';

/** Group, version and kind. The core group is the empty string; an absent part is the empty string too. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What identifies a resource: its type, name and namespace, each empty if absent (kyaml's `resid.ResId`). */
export interface ResourceId extends GroupVersionKind {
  readonly name: string;
  readonly namespace: string;
}

/** The effective namespace of cluster-scoped objects, which matches no real one. */
export const noNamespace = '_non_namespaceable_';

/** Splits `group/version` or `version`. */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** The namespace for comparisons: `default` if absent, `noNamespace` for cluster-scoped kinds. */
export function effectiveNamespace(id: ResourceId): string {
  if (isClusterScoped(id)) return noNamespace;
  return id.namespace === '' ? 'default' : id.namespace;
}

/** Same type, name and effective namespace. */
export function sameId(a: ResourceId, b: ResourceId): boolean {
  return sameGvkn(a, b) && effectiveNamespace(a) === effectiveNamespace(b);
}

/** A map key that is the same for ids that are the same. */
export function idKey(id: ResourceId): string {
  return `${id.group}\n${id.version}\n${id.kind}\n${effectiveNamespace(id)}\n${id.name}`;
}

/** Same type and name, in any namespace. */
export function sameGvkn(a: ResourceId, b: ResourceId): boolean {
  return a.name === b.name && a.kind === b.kind && a.version === b.version && a.group === b.group;
}

/** An id as kustomize prints it in messages: `Deployment.v1.apps/myapp.[noNs]`. */
export function formatId(id: ResourceId): string {
  return `${formatGvk(id)}/${id.name || '[noName]'}.${id.namespace || '[noNs]'}`;
}

/** A type as kustomize prints it: `Deployment.v1.apps`, with `[noKind]`, `[noVer]` and `[noGrp]` for absent parts. */
export function formatGvk(gvk: GroupVersionKind): string {
  return `${gvk.kind || '[noKind]'}.${gvk.version || '[noVer]'}.${gvk.group || '[noGrp]'}`;
}

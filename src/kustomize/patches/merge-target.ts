import { findEntry, type MapNode, plainNode, stringNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { fieldSpan } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import { Resource } from '../resources/resource.ts';
import { formatId, type ResourceId, sameId } from '../resources/resource-id.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import type { BuildContext } from '../session/build-context.ts';
import { mergePatch, type PatchOptions, prepareForTarget } from './strategic-merge.ts';

/**
 * The resource that a strategic merge patch names by a current or previous id. Throws a BuildError at the patch's name
 * if there is none, or several. Follows `GetById` of kustomize's resmap.
 */
export function findPatched(resources: ResourceSet, patch: MapNode): Resource {
  const { id } = new Resource(patch);
  const found = resources.withAnyId(id);
  const [resource] = found;
  const at = fieldSpan(patch, 'metadata', 'name');
  if (resource === undefined) {
    throw new BuildError(`no object here is ${formatId(id)}, which this patch is for; ${adviseOn(resources, id)}`, at);
  }
  if (found.length > 1) {
    const related = found.map((match) => ({ at: originSpan(match.node.origin), note: formatId(match.id) }));
    throw new BuildError(
      `${found.length} objects here are or were ${formatId(id)}, and a patch is for one; add a \`target\` that selects them`,
      at,
      related,
    );
  }
  return resource;
}

/** Suggests which object a patch may be meant for. */
function adviseOn(resources: ResourceSet, id: ResourceId): string {
  const similar = resources.toArray().find((other) => other.kind === id.kind && other.originalId.name === id.name);
  if (similar === undefined)
    return 'correct its apiVersion, kind, name or namespace, or list it in `resources` if it is an object of its own';
  const { originalId } = similar;
  if (originalId.group !== id.group || originalId.version !== id.version) {
    return `there is one with apiVersion \`${similar.apiVersion}\``;
  }
  return originalId.namespace === ''
    ? 'there is one without a namespace: remove the namespace from the patch'
    : `there is one in namespace \`${originalId.namespace}\`: add that to the patch`;
}

/**
 * Merges a patch into each selected resource, and removes those that end up empty. Throws a BuildError if two resources
 * then have the same id, which kustomize detects when it collects the resources again (`ApplySmPatch` of its resmap).
 */
export function mergeIntoSelected(
  resources: ResourceSet,
  selected: readonly Resource[],
  patch: MapNode,
  options: PatchOptions,
  context: BuildContext,
): void {
  const prepared = prepareForTarget(patch);
  for (const resource of selected) {
    if (mergePatch(resource, prepared, options, context)) leaveApiVersion(resource, patch);
    else resources.remove(resource);
  }
  if (options.allowNameChange || options.allowKindChange) refuseSameIds(resources, selected, patch);
}

/** kustomize first sets the patch's apiVersion to the object's; if the object has none, the patch adds a null. */
function leaveApiVersion({ node }: Resource, { origin }: MapNode): void {
  if (findEntry(node, 'apiVersion') !== undefined) return;
  node.entries.push({ key: stringNode('apiVersion', origin), value: plainNode('', origin) });
}

function refuseSameIds(resources: ResourceSet, changed: readonly Resource[], patch: MapNode): void {
  for (const resource of changed) {
    const other = resources.withCurrentId(resource.id).find((match) => match !== resource);
    if (other === undefined || !sameId(other.id, resource.id)) continue;
    throw new BuildError(
      `after this patch two objects are ${formatId(resource.id)}; select fewer, or do not let the patch change names`,
      fieldSpan(patch, 'metadata', 'name'),
      [resource, other].map(({ node }) => ({ at: originSpan(node.origin), note: 'one of the two' })),
    );
  }
}

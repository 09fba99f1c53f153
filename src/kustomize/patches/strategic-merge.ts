import {
  cloneNode,
  emptyMap,
  findEntry,
  getField,
  getPath,
  isNull,
  type MapNode,
  type Node,
  removeField,
  scalarText,
  setField,
  stringNode,
} from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { hasNotes, losingNotes } from '../resources/build-notes.ts';
import type { Resource } from '../resources/resource.ts';
import type { BuildContext } from '../session/build-context.ts';
import { mergeNodes, schemaOfObject } from './merge-nodes.ts';
import { markPatch } from './patch-origin.ts';

/** What a patch may change besides ordinary fields. */
export interface PatchOptions {
  readonly allowNameChange: boolean;
  readonly allowKindChange: boolean;
}

export const noPatchOptions: PatchOptions = { allowNameChange: false, allowKindChange: false };

/**
 * Applies a strategic merge patch to a resource, and returns whether anything is left of it. Kind and name stay as they
 * were unless the options allow a change; the namespace never changes. Follows `ApplySmPatch` of kustomize's Resource.
 */
export function mergePatch(resource: Resource, patch: MapNode, options: PatchOptions, context: BuildContext): boolean {
  const at = originSpan(patch.origin);
  context.checkTime(at);
  context.growth.addNode(patch, 0, at);
  const own = cloneNode(patch);
  markPatch(own, 'strategic merge patch');
  const kept = identityOf(resource.node);
  if (options.allowNameChange || options.allowKindChange) resource.storePreviousId();
  const { node } = resource;
  const merge = () => mergeNodes(node, own, schemaOfObject(node, own, context.schema), context);
  const merged = mayRemoveAnnotations(own) && hasNotes(resource) ? losingNotes(resource, merge) : merge();
  if (merged === undefined || node.entries.length === 0) return false;
  // `$patch: replace` at the root creates another map, which kustomize then does not use.
  restoreIdentity(node, kept, options);
  return true;
}

/** Whether a patch has an effect on the annotations as a whole. */
function mayRemoveAnnotations(patch: MapNode): boolean {
  const metadata = getField(patch, 'metadata');
  return metadata?.kind === 'map'
    ? metadata.entries.some(({ key }) => key.value === 'annotations' || key.value === '$patch')
    : metadata !== undefined;
}

interface Identity {
  readonly kind: Node | undefined;
  readonly metadata: Node | undefined;
  readonly name: Node | undefined;
  readonly namespace: Node | undefined;
}

/** Copies the identity, since the merge changes scalars in place. */
function identityOf(object: MapNode): Identity {
  const copyOf = (...path: string[]): Node | undefined => {
    const node = getPath(object, path);
    return node && cloneNode(node);
  };
  return {
    kind: copyOf('kind'),
    metadata: getField(object, 'metadata'),
    name: copyOf('metadata', 'name'),
    namespace: copyOf('metadata', 'namespace'),
  };
}

function restoreIdentity(object: MapNode, kept: Identity, options: PatchOptions): void {
  if (!options.allowKindChange && kept.kind) restore(object, 'kind', kept.kind);
  const { namespace } = kept;
  const hasNamespace = namespace?.kind === 'scalar' && !isNull(namespace) && namespace.value !== '';
  let metadata = getField(object, 'metadata');
  if (metadata?.kind !== 'map') {
    metadata = emptyMap((kept.metadata ?? object).origin);
    restore(object, 'metadata', metadata);
  }
  if (!options.allowNameChange && kept.name) restore(metadata, 'name', kept.name);
  if (hasNamespace && kept.namespace) restore(metadata, 'namespace', kept.namespace);
  else removeField(metadata, 'namespace');
}

function restore(map: MapNode, name: string, value: Node): void {
  const entry = findEntry(map, name);
  if (entry) entry.value = value;
  else setField(map, stringNode(name, value.origin), value);
}

/**
 * A copy of a patch as kustomize prepares it for a `target:` and for `patchesStrategicMerge:`: the target's apiVersion
 * applies, and labels and annotations become strings. Hence `labels: {a: null}` sets the string `null`, although it
 * removes the label in a patch that names its object, and `labels: null` does nothing.
 */
export function prepareForTarget(patch: MapNode): MapNode {
  const prepared = cloneNode(patch);
  removeField(prepared, 'apiVersion');
  const metadata = getField(prepared, 'metadata');
  if (metadata?.kind === 'map') {
    for (const field of ['labels', 'annotations']) stringifyMap(metadata, field);
  }
  return prepared;
}

/** Turns a map's values into strings. Removes the field if it is not a map, or empty. */
export function stringifyMap(metadata: MapNode, field: string): void {
  const map = getField(metadata, field);
  if (map === undefined) return;
  if (map.kind !== 'map' || map.entries.length === 0) {
    removeField(metadata, field);
    return;
  }
  // kustomize reads the map into a Go map, where the last of repeated keys wins.
  map.entries = [...new Map(map.entries.map((entry) => [entry.key.value, entry])).values()];
  for (const entry of map.entries) {
    const { value } = entry;
    const text = scalarText(value);
    const isText = value.kind === 'scalar' && value.tag === '!!str';
    if (text.includes('\n')) entry.value = stringNode(text, value.origin, 'literal');
    else if (!isText) entry.value = stringNode(text, value.origin, 'double');
  }
}

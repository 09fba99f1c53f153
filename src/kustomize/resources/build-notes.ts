import { emptyMap, findEntry, getField, type MapNode, removeField, setField, stringNode } from '../../source/node.ts';
import type { Resource } from './resource.ts';

/**
 * Whether kustomize has noted something about an object so far, such as its earlier names. It keeps these notes in
 * annotations of the object, and {@link Resource} in fields.
 */
export function hasNotes(resource: Resource): boolean {
  return (
    resource.previousIds.length > 0 ||
    resource.prefixes.length > 0 ||
    resource.suffixes.length > 0 ||
    resource.referredBy.length > 0 ||
    resource.needsHash ||
    resource.behavior !== 'unspecified'
  );
}

/** Makes `metadata.annotations` a map, as it is for kustomize if there are notes. Undefined without `metadata`. */
export function makeAnnotations(node: MapNode): MapNode | undefined {
  const metadata = getField(node, 'metadata');
  if (metadata?.kind !== 'map') return undefined;
  const entry = findEntry(metadata, 'annotations');
  if (entry?.value.kind === 'map') return entry.value;
  const { origin } = entry?.value ?? metadata;
  const annotations = emptyMap(origin);
  setField(metadata, stringNode('annotations', origin), annotations);
  return annotations;
}

/** Stands for the notes in the annotations while a patch is merged. */
const standIn = 'internal.config.kubernetes.io/notes';

/**
 * Runs a step that may remove all annotations, and with them the notes: then kustomize no longer knows that references
 * to the object's earlier names mean it, or that its name gets a hash.
 */
export function losingNotes<T>(resource: Resource, step: () => T): T {
  const { node } = resource;
  const before = makeAnnotations(node);
  if (before !== undefined) setField(before, stringNode(standIn, before.origin), stringNode('', before.origin));
  const result = step();
  const metadata = getField(node, 'metadata');
  const annotations = metadata?.kind === 'map' ? getField(metadata, 'annotations') : undefined;
  if (metadata?.kind !== 'map' || annotations?.kind !== 'map' || !removeField(annotations, standIn)) forget(resource);
  else if (annotations.entries.length === 0) removeField(metadata, 'annotations');
  return result;
}

function forget(resource: Resource): void {
  for (const list of [resource.previousIds, resource.prefixes, resource.suffixes, resource.referredBy]) list.length = 0;
  resource.needsHash = false;
  resource.behavior = 'unspecified';
}

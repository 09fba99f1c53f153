import { getField, type MapEntry, type MapNode, removeField, type ScalarNode, stringNode } from '../../source/node.ts';
import { resolveScalar, resolveYaml11 } from '../../source/resolve-scalar.ts';
import type { Resource } from '../resource.ts';

/** Keeps the id that a resource has now, before a step that may change it. */
export function keepId(resource: Resource): void {
  resource.previousIds.push(resource.id);
  rewriteAnnotations(resource);
}

/**
 * Writes an object's annotations anew, as kustomize does whenever it leaves a note of its own among them: each value
 * becomes a string in a node of its own, so that one shared with a pod template is shared no more; each key becomes
 * plain, so that a quoted number turns into a number; and annotations that are null or empty are gone in the end.
 */
export function rewriteAnnotations(resource: Resource): void {
  const metadata = getField(resource.node, 'metadata');
  if (metadata?.kind !== 'map') return;
  const annotations = getField(metadata, 'annotations');
  if (annotations?.kind === 'map' && annotations.entries.length > 0) rewriteEntries(annotations);
  else removeField(metadata, 'annotations');
}

function rewriteEntries(annotations: MapNode): void {
  const entries = new Map<string, MapEntry>();
  for (const { key, value } of annotations.entries) {
    const text = value.kind === 'scalar' ? value.value : '';
    entries.set(key.value, {
      key: { ...key, style: 'plain', tag: resolveScalar(key.value) },
      value: textNode(text, value),
    });
  }
  annotations.entries = [...entries.values()];
}

function textNode(text: string, { origin }: { origin: ScalarNode['origin'] }): ScalarNode {
  return stringNode(text, origin, resolveYaml11(text) === '!!str' ? 'plain' : 'double');
}

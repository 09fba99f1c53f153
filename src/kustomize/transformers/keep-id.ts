import { getField, removeField } from '../../source/node.ts';
import type { Resource } from '../resource.ts';

/**
 * Keeps the id that a resource has now, before a step that may change it. kustomize notes it among the annotations and
 * clears them for that where they are null or empty, which shows: `annotations: {}` is gone from the result.
 */
export function keepId(resource: Resource): void {
  resource.previousIds.push(resource.id);
  const metadata = getField(resource.node, 'metadata');
  if (metadata?.kind !== 'map') return;
  const annotations = getField(metadata, 'annotations');
  const isFilled =
    (annotations?.kind === 'map' && annotations.entries.length > 0) ||
    (annotations?.kind === 'sequence' && annotations.items.length > 0);
  if (!isFilled) removeField(metadata, 'annotations');
}

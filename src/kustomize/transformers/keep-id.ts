import { getField, removeField } from '../../source/node.ts';
import type { Resource } from '../resources/resource.ts';

/**
 * Stores a resource's current id before a step that may change it. kustomize stores it in annotations, which has a
 * visible effect: null or empty `annotations` are removed.
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

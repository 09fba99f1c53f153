import type { MapNode } from './node.ts';
import type { Origin } from './origin.ts';

/** A field that a patch removed from a map. */
export interface RemovedField {
  readonly key: string;
  /** The origin of the removal, with that of the value that it removed as `input`. */
  readonly origin: Origin;
}

/** Hardly any map has one, so they are kept beside the nodes. A copy of a map does not know what was removed from it. */
const removedFields = new WeakMap<MapNode, RemovedField[]>();

/** Remembers that a step of the build removed a field. */
export function noteRemoval(map: MapNode, key: string, origin: Origin): void {
  const known = removedFields.get(map);
  if (known === undefined) removedFields.set(map, [{ key, origin }]);
  else known.push({ key, origin });
}

/** What removed a field from a map last. */
export function findRemoval(map: MapNode, key: string): Origin | undefined {
  return removedFields.get(map)?.findLast((field) => field.key === key)?.origin;
}

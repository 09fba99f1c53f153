import { getField, getPath, getText, listItems, type MapNode, type Node, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';

/** A field's scalar if it holds any text. */
export function filledScalar(map: MapNode | undefined, field: string): ScalarNode | undefined {
  const value = map && getField(map, field);
  return value?.kind === 'scalar' && value.tag !== '!!null' && value.value !== '' ? value : undefined;
}

/** The scalars in a field's list; empty if it is not a list. */
export function scalarItems(map: MapNode, field: string): ScalarNode[] {
  return listItems(getField(map, field)).filter((item) => item.kind === 'scalar');
}

/** The maps in a field's list; empty if it is not a list. */
export function mapItems(map: MapNode, field: string): MapNode[] {
  return listItems(getField(map, field)).filter((item) => item.kind === 'map');
}

/** A field's text, of any type; empty if it is absent, null, a map or a list. */
export function textField(map: Node | undefined, field: string): string {
  return getText(map, [field]) ?? '';
}

/** A field's value if it is a scalar. */
export function scalarField(map: MapNode, field: string): ScalarNode | undefined {
  const value = getField(map, field);
  return value?.kind === 'scalar' ? value : undefined;
}

/** A field's value if it is a map. */
export function mapField(map: MapNode, field: string): MapNode | undefined {
  const value = getField(map, field);
  return value?.kind === 'map' ? value : undefined;
}

/** The location of the value at a path; of the whole node if there is none. */
export function fieldSpan(node: Node, ...path: readonly string[]): Span {
  return originSpan((getPath(node, path) ?? node).origin);
}

/** The location of a map's first key, to point at the map as a whole; of the map itself if it is empty. */
export function firstKeySpan(map: MapNode): Span {
  return originSpan((map.entries[0]?.key ?? map).origin);
}

import { getField, type MapNode, type ScalarNode } from '../../source/node.ts';

/** A field's scalar if it holds any text. */
export function filledScalar(map: MapNode | undefined, field: string): ScalarNode | undefined {
  const value = map && getField(map, field);
  return value?.kind === 'scalar' && value.tag !== '!!null' && value.value !== '' ? value : undefined;
}

/** A field's value if it is a map. */
export function mapField(map: MapNode, field: string): MapNode | undefined {
  const value = getField(map, field);
  return value?.kind === 'map' ? value : undefined;
}

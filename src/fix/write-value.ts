import type { Value } from '../findings/fix.ts';
import { findEntry, isNull, type MapEntry, type MapNode, type Node } from '../source/node.ts';
import { CannotFix } from './cannot-fix.ts';
import type { Edit } from './edit.ts';
import type { Found } from './find-value.ts';
import { insertEntries, type NewEntries } from './insert-entry.ts';
import { columnOf, endOf, endOfLine, isBlock, layoutOf, startOf } from './layout.ts';
import { isMap, printBelow, printFlow } from './print-value.ts';
import type { Region } from './region.ts';
import { setScalar } from './set-scalar.ts';

/** How far a path below a map exists: the last node, and the rest of the path. */
export interface Reached {
  /** The map with the last key of the path that exists; undefined if no key does. */
  readonly map: MapNode | undefined;
  readonly entry: MapEntry | undefined;
  readonly node: Node;
  readonly rest: readonly string[];
}

/** Follows a path from a key, or from the map around a value, as far as it exists. */
export function follow(found: Found, path: readonly string[]): Reached {
  const { entry, map } = found;
  if (map === undefined) throw new CannotFix('the value is not in a map');
  let at: Reached = entry
    ? { map, entry, node: entry.value, rest: path }
    : { map: undefined, entry: found.owner, node: map, rest: path };
  for (;;) {
    const [step, ...rest] = at.rest;
    const next = step !== undefined && at.node.kind === 'map' ? findEntry(at.node, step) : undefined;
    if (next === undefined || at.node.kind !== 'map') return at;
    at = { map: at.node, entry: next, node: next.value, rest };
  }
}

/** Writes a value below a map, and creates missing keys on the way. Maps are merged with existing ones. */
export function writeValue(found: Found, path: readonly string[], value: Value): Edit[] {
  const { region } = found;
  const { map, entry, node, rest } = follow(found, path);
  refuseAlias(entry, node);
  const nested = rest.reduceRight<Value>((inner, key) => ({ [key]: inner }), value);
  if (node.kind === 'map' && isMap(nested)) return mergeEntries(region, node, entry, nested);
  if (isNull(node) && map && entry) return fillEntry(region, map, entry, nested);
  if (node.kind === 'scalar' && typeof nested !== 'object') {
    return [setScalar({ region, scalar: node }, node.value, nested)];
  }
  throw new CannotFix('there is already another value');
}

function mergeEntries(region: Region, map: MapNode, owner: MapEntry | undefined, written: NewEntries): Edit[] {
  const added = Object.entries(written).filter(([key]) => findEntry(map, key) === undefined);
  const merged = Object.entries(written).flatMap(([key, value]) => {
    const entry = findEntry(map, key);
    return entry ? writeValue({ region, scalar: entry.key, entry, map, owner, list: undefined }, [], value) : [];
  });
  return added.length === 0 ? merged : [...merged, insertEntries(region, map, owner, Object.fromEntries(added))];
}

/** Writes a value to a key whose value is empty (`key:`) or null. */
export function fillEntry(region: Region, map: MapNode, { key, value: empty }: MapEntry, value: Value): Edit[] {
  const layout = layoutOf(region);
  const [start, end] = [startOf(empty), endOf(empty)];
  if (!isBlock(region, map)) {
    if (start === end) throw new CannotFix('a key without a value is in braces');
    return [region.edit(start, end, printFlow(value, layout))];
  }
  const [first = '', ...below] = printBelow(value, columnOf(region, startOf(key)), layout);
  const colon = endOf(key) + region.text.slice(endOf(key)).indexOf(':') + 1;
  if (below.length === 0) return [region.edit(colon, end, first)];
  const line = endOfLine(region.text, end);
  const lines = `\n${below.join('\n')}`;
  if (start === end) return [region.edit(line, line, lines)];
  // A comment after the null stays after the key.
  return line === end
    ? [region.edit(colon, end, lines)]
    : [region.edit(colon, end, ''), region.edit(line, line, lines)];
}

/** Refuses to change an alias, because its value is also used elsewhere. */
export function refuseAlias(entry: MapEntry | undefined, node: Node): void {
  if (entry !== undefined && startOf(node) < startOf(entry.key)) {
    throw new CannotFix('the value is an alias of another one');
  }
}

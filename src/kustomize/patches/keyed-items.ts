import { getField, isNull, type Node, type SequenceNode, scalarText } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { BuildError } from '../problem.ts';

/**
 * Replaces every item that has these keys with these values, or appends the item if there is none; without an item,
 * removes them. An empty value matches any; the key `''` is the item itself, in lists of primitives. Also drops nulls
 * and empty maps. Follows kyaml's ElementSetter, including an oddity: without any values, all items are dropped.
 */
export function setListItem(
  list: SequenceNode,
  keys: readonly string[],
  values: readonly string[],
  item: Node | undefined,
): void {
  const expectsMaps = (keys[0] ?? '') !== '' && (values[0] ?? '') !== '';
  const kept: Node[] = [];
  let found = false;
  for (const old of list.items) {
    if (isNull(old) || (old.kind === 'map' && old.entries.length === 0)) continue;
    if (old.kind !== 'map' && expectsMaps) kept.push(old);
    else if (!hasKeys(old, keys, values)) kept.push(...(values.length > 0 ? [old] : []));
    else {
      found = true;
      if (item) kept.push(item);
    }
  }
  if (item && !isNull(item) && !found) kept.push(item);
  list.items = kept;
}

function hasKeys(item: Node, keys: readonly string[], values: readonly string[]): boolean {
  if (values.length === 0) return false;
  return keys.slice(0, values.length).every((key, i) => hasKey(item, key, values[i] ?? ''));
}

function hasKey(item: Node, key: string, value: string): boolean {
  if (key === '') {
    if (item.kind !== 'scalar') throw mixedList(item, 'a single value');
    return item.value === value;
  }
  if (item.kind !== 'map') throw mixedList(item, 'a map');
  const field = getField(item, key);
  return field !== undefined && (value === '' || scalarText(field) === value);
}

function mixedList(item: Node, expected: string): BuildError {
  return new BuildError(
    `this item should be ${expected}, as its list is merged item by item; write all items of the list in the same way`,
    originSpan(item.origin),
  );
}

/** The first item that has these keys with exactly these values (kyaml's ElementMatcher). */
export function findListItem(
  list: SequenceNode | undefined,
  keys: readonly string[],
  values: readonly string[],
): Node | undefined {
  if (keys[0] === '') return list?.items.find((item) => scalarText(item) === values[0]);
  return list?.items.find(
    (item) => item.kind === 'map' && keys.every((key, i) => holds(getField(item, key), values[i])),
  );
}

function holds(field: Node | undefined, value: string | undefined): boolean {
  return field !== undefined && scalarText(field) === value;
}

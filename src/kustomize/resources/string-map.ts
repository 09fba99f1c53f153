import { type KeyNode, type MapEntry, type Node, type ScalarNode, stringNode } from '../../source/node.ts';
import { resolveScalar } from '../../source/scalars/resolve-scalar.ts';

/** What a null turns into: its text as written (`null`, `~` or nothing), or the empty string. */
export type NullText = 'as written' | 'empty';

/**
 * An entry after kustomize has read its map into a `map[string]string` and written it back, as it does with labels,
 * annotations and data: the value is a string, in a literal block if it has several lines, and the key has no quotes,
 * so that one such as `8080` is a number, and cannot be printed. Changes the entry's value in place.
 */
export function rewriteEntry({ key, value }: MapEntry, nulls: NullText): MapEntry {
  const bare: KeyNode = { ...key, style: 'plain', tag: resolveScalar(key.value) };
  return { key: bare, value: asString(value, nulls) };
}

function asString(value: Node, nulls: NullText): ScalarNode {
  if (value.kind !== 'scalar') return stringNode('', value.origin, 'double');
  if (value.tag === '!!null' && nulls === 'empty') value.value = '';
  value.tag = '!!str';
  if (value.value.includes('\n')) value.style = 'literal';
  else if (value.style === 'literal' || value.style === 'folded') value.style = 'plain';
  return value;
}

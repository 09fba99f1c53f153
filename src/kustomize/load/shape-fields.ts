import {
  cloneNode,
  emptyList,
  emptyMap,
  findEntry,
  type MapEntry,
  type MapNode,
  type Node,
  plainNode,
  type ScalarNode,
  type SequenceNode,
  stringNode,
} from '../../source/node.ts';
import type { EmbeddedField, FieldType, ObjectType } from './field-type.ts';
import { plainValue } from './plain-value.ts';
import { formatNumber, jsonKey, readScalarValue } from './scalar-value.ts';
import { unknownField, wrongType } from './shape-errors.ts';
import type { ShapeRules } from './shape-rules.ts';

/**
 * A copy of a map in exactly the shape of a type, so that later steps need not check it: field names as the type spells
 * them, each once; strings tagged `!!str`; booleans `true` or `false`; integers in decimal; no nulls, which become the
 * empty value in a list or map. Values keep their origins.
 *
 * Follows Go's decoding of JSON into a struct: field names match in any case, and the last of repeated ones wins.
 * Throws a BuildError at a value that does not match.
 */
export function shapeFields(node: MapNode, type: ObjectType, rules: ShapeRules, path = ''): MapNode {
  const entries = new Map<string, MapEntry>();
  for (const { key, value } of inDecodingOrder(node, rules)) {
    const name = findFieldName(type, key.value);
    if (name === undefined) {
      if (rules.unknownFields === 'refuse') throw unknownField(key, type, rules, path);
      continue;
    }
    const field = type.fields[name] as FieldType | EmbeddedField;
    const shaped =
      field.kind === 'embedded'
        ? shapeValue(value, field.type, { ...rules, coerceToString: false }, joinPath(path, name))
        : shapeValue(value, field, rules, joinPath(path, name));
    if (shaped === undefined) continue;
    const known = entries.get(name);
    if (known === undefined) entries.set(name, { key: { ...key, value: name, tag: '!!str' }, value: shaped });
    else known.value = mergeDecoded(known.value, shaped);
  }
  // In the order of the file, which is the order of steps and of messages.
  return { kind: 'map', entries: [...entries.values()], origin: node.origin };
}

/**
 * Merges the values of two spellings of one field as Go decodes them: maps are merged, otherwise the later value wins.
 */
function mergeDecoded(first: Node, second: Node): Node {
  if (first.kind !== 'map' || second.kind !== 'map') return second;
  for (const { key, value } of second.entries) {
    const known = findEntry(first, key.value);
    if (known === undefined) first.entries.push({ key, value });
    else known.value = mergeDecoded(known.value, value);
  }
  return first;
}

/** JSON objects are decoded in the order of their keys, so `resources` overrides `Resources`. */
function inDecodingOrder(node: MapNode, rules: ShapeRules): MapEntry[] {
  const last = new Map<string, MapEntry>();
  for (const entry of node.entries) last.set(entry.key.value, entry);
  if (last.size < node.entries.length) rules.repeatedFields?.(node);
  const folded = new Set([...last.keys()].map((key) => key.toLowerCase()));
  if (folded.size === last.size) return [...last.values()];
  return [...last.values()].sort((a, b) => (a.key.value < b.key.value ? -1 : 1));
}

function findFieldName(type: ObjectType, written: string): string | undefined {
  if (Object.hasOwn(type.fields, written)) return written;
  const folded = written.toLowerCase();
  return Object.keys(type.fields).find((name) => name.toLowerCase() === folded);
}

/** Converts a value to the shape of its type; undefined for a null, which leaves a field unset. */
function shapeValue(node: Node, type: FieldType, rules: ShapeRules, path: string): Node | undefined {
  if (node.kind === 'scalar' && readScalarValue(node, rules.scalars).kind === 'null') return undefined;
  switch (type.kind) {
    case 'any':
      return plainValue(node, rules.scalars);
    case 'string':
    case 'boolean':
    case 'integer':
      if (node.kind !== 'scalar') throw wrongType(node, type, rules, path);
      return shapeScalar(node, type.kind, rules, path);
    case 'list':
      if (node.kind !== 'sequence') throw wrongType(node, type, rules, path);
      return shapeList(node, type.items, rules, path);
    case 'map':
      if (node.kind !== 'map') throw wrongType(node, type, rules, path);
      return shapeMap(node, type.values, rules, path);
    case 'object':
      if (node.kind !== 'map') throw wrongType(node, type, rules, path);
      return shapeFields(node, type, rules, path);
  }
}

function shapeList(node: SequenceNode, items: FieldType, rules: ShapeRules, path: string): SequenceNode {
  return {
    kind: 'sequence',
    items: node.items.map((item, i) => shapeValue(item, items, rules, `${path}[${i}]`) ?? emptyValue(item, items)),
    origin: node.origin,
  };
}

function shapeMap(node: MapNode, values: FieldType, rules: ShapeRules, path: string): MapNode {
  const entries = new Map<string, MapEntry>();
  for (const { key, value } of node.entries) {
    const name = jsonKey(key, rules.scalars);
    const shaped = shapeValue(value, values, rules, joinPath(path, name)) ?? emptyValue(value, values);
    // The last of repeated keys wins.
    entries.set(name, { key: { ...key, value: name, tag: '!!str' }, value: shaped });
  }
  return { kind: 'map', entries: [...entries.values()], origin: node.origin };
}

/** The zero value that Go decodes from a null in a list or map. */
function emptyValue(node: Node, type: FieldType): Node {
  switch (type.kind) {
    case 'any':
      return cloneNode(node);
    case 'string':
      return stringNode('', node.origin, 'double');
    case 'boolean':
      return plainNode('false', node.origin);
    case 'integer':
      return plainNode('0', node.origin);
    case 'list':
      return emptyList(node.origin);
    case 'map':
    case 'object':
      return emptyMap(node.origin);
  }
}

function shapeScalar(
  node: ScalarNode,
  kind: 'string' | 'boolean' | 'integer',
  rules: ShapeRules,
  path: string,
): ScalarNode {
  const value = readScalarValue(node, rules.scalars);
  if (kind === 'boolean' && value.kind === 'boolean') {
    return { ...node, value: String(value.value), tag: '!!bool', style: 'plain' };
  }
  if (kind === 'integer' && value.kind === 'number' && isWhole(value.value)) {
    return { ...node, value: BigInt(value.value).toString(), tag: '!!int', style: 'plain' };
  }
  if (kind === 'string') {
    if (value.kind === 'string') return { ...node, value: value.value, tag: '!!str' };
    if (rules.coerceToString && value.kind === 'number') {
      return { ...node, value: formatNumber(value.value), tag: '!!str', style: 'double' };
    }
    if (rules.coerceToString && value.kind === 'boolean') {
      return { ...node, value: String(value.value), tag: '!!str', style: 'double' };
    }
  }
  throw wrongType(node, { kind }, rules, path);
}

function isWhole(value: number | bigint): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}

function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

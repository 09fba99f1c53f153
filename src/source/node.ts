import { pushAll } from '../collections/push-all.ts';
import type { Origin } from './origin.ts';
import { resolveScalar } from './scalars/resolve-scalar.ts';

/**
 * A YAML value as kustomize sees it: a light tree with an {@link Origin} on every key and value.
 *
 * Nodes are mutable and belong to one build: a transformer changes them in place and sets new origins. A node that is
 * shared (from the cache of parsed files, a base of several overlays, or a patch that is applied twice) must be
 * {@link cloneNode cloned} first; clones share origins. There are no anchors, aliases, merge keys or comments, since the
 * reader resolves them.
 */
export type Node = ScalarNode | MapNode | SequenceNode;

/** A single value: its text, its resolved type, and the style in which it was written. */
export interface ScalarNode {
  readonly kind: 'scalar';
  /**
   * The text with quoting, escapes and folding resolved; for a plain scalar the text as written (`0755`, `1_000`, `~`).
   */
  value: string;
  tag: ScalarTag;
  /** A `!!null` of style `single` is an omitted value or key that prints as an empty string (`{a: }`). */
  style: ScalarStyle;
  origin: Origin;
}

/** A mapping. Entries are in the order of the file; keys may repeat, as in go-yaml's node tree. */
export interface MapNode {
  readonly kind: 'map';
  entries: MapEntry[];
  origin: Origin;
}

/** One key of a mapping with its value. */
export interface MapEntry {
  key: KeyNode;
  value: Node;
}

/** A key. Keys are never changed in place, so copies of a mapping share them. */
export type KeyNode = Readonly<ScalarNode>;

/** A sequence. */
export interface SequenceNode {
  readonly kind: 'sequence';
  items: Node[];
  origin: Origin;
}

/** How a scalar was written. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/**
 * The type that go-yaml v3 resolves for a scalar. Anything quoted or in a block is `!!str`; a local or unknown tag
 * (`!vault`) is kept as written, so this is a string type with known members. `!!merge` is a plain `<<` that is not a
 * key; `!!map` and `!!seq` mark a key that is a collection, whose text is all that is kept.
 */
export type ScalarTag =
  | '!!str'
  | '!!int'
  | '!!float'
  | '!!bool'
  | '!!null'
  | '!!timestamp'
  | '!!binary'
  | (string & { readonly customTag?: never });

/** A string value. Pass `plain` as style only for text that YAML reads back as a string. */
export function stringNode(value: string, origin: Origin, style: ScalarStyle = 'plain'): ScalarNode {
  return { kind: 'scalar', value, tag: '!!str', style, origin };
}

/** A plain scalar of the type that YAML resolves for its text. */
export function plainNode(value: string, origin: Origin): ScalarNode {
  return { kind: 'scalar', value, tag: resolveScalar(value), style: 'plain', origin };
}

/** A sequence without items. */
export function emptyList(origin: Origin): SequenceNode {
  return { kind: 'sequence', items: [], origin };
}

/** A mapping without entries. */
export function emptyMap(origin: Origin): MapNode {
  return { kind: 'map', entries: [], origin };
}

/** The entry for a key, by its text; the first of repeated ones. */
export function findEntry(map: MapNode, key: string): MapEntry | undefined {
  for (const entry of map.entries) if (entry.key.value === key) return entry;
  return undefined;
}

/** {@link findEntry} for looking up most of a map's present entries: it indexes a large map once. */
export function entryFinder(map: MapNode): (key: string) => MapEntry | undefined {
  if (map.entries.length < 50) return (key) => findEntry(map, key);
  const first = new Map<string, MapEntry>();
  for (const entry of map.entries) if (!first.has(entry.key.value)) first.set(entry.key.value, entry);
  return (key) => first.get(key);
}

/** The value for a key, or undefined. A null in YAML is a scalar with the tag `!!null`, not undefined. */
export function getField(map: MapNode, key: string): Node | undefined {
  return findEntry(map, key)?.value;
}

/** Sets a key's value. An existing key keeps its position and key node; a new one is appended. */
export function setField(map: MapNode, key: KeyNode, value: Node): void {
  const entry = findEntry(map, key.value);
  if (entry) entry.value = value;
  else map.entries.push({ key, value });
}

/** The map for a key. If the value is absent or anything else, it becomes an empty map. */
export function childMap(parent: MapNode, key: string, origin: Origin): MapNode {
  const child = getField(parent, key);
  if (child?.kind === 'map') return child;
  const created = emptyMap(origin);
  setField(parent, stringNode(key, origin), created);
  return created;
}

/** Removes all entries for a key, and returns whether there were any. */
export function removeField(map: MapNode, key: string): boolean {
  if (findEntry(map, key) === undefined) return false;
  map.entries = map.entries.filter((entry) => entry.key.value !== key);
  return true;
}

/** The entries of a mapping; none of anything else. */
export function mapEntries(node: Node | undefined): readonly MapEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** The items of a sequence; none of anything else. */
export function listItems(node: Node | undefined): readonly Node[] {
  return node?.kind === 'sequence' ? node.items : [];
}

/**
 * Appends items to the list for a key. If the value is absent or anything else, it becomes a list.
 * @param origin the origin of a list that is created
 */
export function addItems(map: MapNode, key: KeyNode, items: readonly Node[], origin: Origin): void {
  const list = getField(map, key.value);
  if (list?.kind === 'sequence') pushAll(list.items, items);
  else setField(map, key, { kind: 'sequence', items: [...items], origin });
}

/** Follows map keys and sequence indices; undefined if a step is absent. */
export function getPath(node: Node | undefined, path: readonly (string | number)[]): Node | undefined {
  let current = node;
  for (const step of path) {
    if (current === undefined) return undefined;
    if (current.kind === 'map') current = getField(current, String(step));
    else if (current.kind === 'sequence' && typeof step === 'number') current = current.items[step];
    else return undefined;
  }
  return current;
}

/** The text of the scalar at a path, of any type; undefined if it is absent, null or not a scalar. */
export function getText(node: Node | undefined, path: readonly (string | number)[] = []): string | undefined {
  const found = getPath(node, path);
  return found?.kind === 'scalar' && found.tag !== '!!null' ? found.value : undefined;
}

/** The text of a scalar, even of a null; empty for maps and lists. */
export function scalarText(node: Node): string {
  return node.kind === 'scalar' ? node.value : '';
}

/** The texts of a list, or of a single scalar. */
export function getTexts(node: Node | undefined): string[] {
  const nodes = node?.kind === 'sequence' ? node.items : [node];
  return nodes.flatMap((each) => getText(each) ?? []);
}

/** Whether the value is YAML's null (`null`, `~` or nothing). */
export function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.tag === '!!null';
}

/** Changes the origin of a node, and of every key and value in it. */
export function changeOrigins(node: Node, change: (origin: Origin) => Origin): void {
  node.origin = change(node.origin);
  if (node.kind === 'sequence') for (const item of node.items) changeOrigins(item, change);
  if (node.kind !== 'map') return;
  for (const entry of node.entries) {
    const { value, tag, style, origin } = entry.key;
    entry.key = { kind: 'scalar', value, tag, style, origin: change(origin) };
    changeOrigins(entry.value, change);
  }
}

/** A deep copy that shares keys and origins. */
export function cloneNode<T extends Node>(node: T): T;
export function cloneNode(node: Node): Node {
  switch (node.kind) {
    case 'scalar':
      return { kind: 'scalar', value: node.value, tag: node.tag, style: node.style, origin: node.origin };
    case 'map':
      return {
        kind: 'map',
        entries: node.entries.map(({ key, value }) => ({ key, value: cloneNode(value) })),
        origin: node.origin,
      };
    case 'sequence':
      return { kind: 'sequence', items: node.items.map((item) => cloneNode(item)), origin: node.origin };
  }
}

/** Turns a scalar into a plain one. */
export function setPlain(node: ScalarNode, tag: string, value: string): void {
  node.tag = tag;
  node.value = value;
  node.style = 'plain';
}

/** Calls `visit` for every scalar value in order, but not for keys. */
export function forEachScalar(node: Node, visit: (scalar: ScalarNode) => void): void {
  switch (node.kind) {
    case 'scalar':
      visit(node);
      return;
    case 'map':
      for (const entry of node.entries) forEachScalar(entry.value, visit);
      return;
    case 'sequence':
      for (const item of node.items) forEachScalar(item, visit);
  }
}

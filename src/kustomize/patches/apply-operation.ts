import {
  cloneNode,
  findEntry,
  isNull,
  type MapNode,
  type Node,
  plainNode,
  type SequenceNode,
  stringNode,
} from '../../source/node.ts';
import type { Related } from '../../source/related.ts';
import { noteRemoval } from '../../source/removed-fields.ts';
import { BuildError } from '../problem.ts';
import type { Growth } from '../session/growth.ts';
import type { JsonOperation, Pointer } from './json-operation.ts';
import { markPatch, patchedOrigin } from './patch-origin.ts';

/**
 * Applies one operation of a JSON patch to an object, in place. Both are already in JSON form.
 *
 * Behaves as evanphx/json-patch v4 does in kustomize: `replace` creates an absent key; negative indices count from the
 * end; `-` appends, for `add` only; `copy` of an absent value gives null. Throws a BuildError at the operation's path if
 * it cannot be applied.
 */
export function applyOperation(root: MapNode, operation: JsonOperation, { related, growth }: Patched): void {
  const { path } = operation;
  const note = (value: Node): void => growth.addNode(value, path.steps.length, path.at);
  switch (operation.op) {
    case 'add':
      note(operation.value);
      place(find(root, path, related), operation.value, 'add');
      return;
    case 'replace':
      note(operation.value);
      place(find(root, path, related), operation.value, 'replace');
      return;
    case 'remove':
      remove(find(root, path, related));
      return;
    case 'move': {
      const moved = take(find(root, operation.from, related));
      note(moved);
      put(find(root, path, related), moved);
      return;
    }
    case 'copy': {
      const source = find(root, operation.from, related);
      const copied = get(source) ?? nullAt(source);
      note(copied);
      put(find(root, path, related), cloneNode(copied));
      return;
    }
    case 'test':
      test(find(root, path, related), operation.value);
      return;
  }
}

/** The patched object, to show in errors, and the counter of what the build adds. */
interface Patched {
  readonly related: readonly Related[];
  readonly growth: Growth;
}

/** A location in the object: a map or list, and the key or index in it. */
interface Place {
  readonly container: MapNode | SequenceNode;
  readonly key: string;
  readonly pointer: Pointer;
  readonly related: readonly Related[];
}

function find(root: MapNode, pointer: Pointer, related: readonly Related[]): Place {
  let container: MapNode | SequenceNode = root;
  for (const [i, step] of pointer.steps.slice(0, -1).entries()) {
    const next: Node | undefined = get({ container, key: step, pointer, related }, false);
    if (next === undefined || next.kind === 'scalar') {
      const reached = pointer.steps
        .slice(0, i + 1)
        .map((name) => `/${name}`)
        .join('');
      throw new BuildError(
        `\`${pointer.text}\` does not exist in the object: there is no map or list at \`${reached}\`; add it first, or correct the path`,
        pointer.at,
        related,
      );
    }
    container = next;
  }
  return { container, key: pointer.steps.at(-1) ?? '', pointer, related };
}

/** The value at a place; undefined for an absent key. Throws a BuildError for an invalid index if `strict`. */
function get(place: Place, strict = true): Node | undefined {
  const { container, key } = place;
  if (container.kind === 'map') return findEntry(container, key)?.value;
  const index = strict || isIndex(key) ? readIndex(place, container.items.length) : Number.NaN;
  const item = container.items[index];
  if (item === undefined && strict) throw noSuchIndex(place);
  return item;
}

function isIndex(key: string): boolean {
  return /^[-+]?\d+$/.test(key);
}

/** Reads a list index; a negative one counts from the end. */
function readIndex(place: Place, size: number): number {
  if (!isIndex(place.key)) {
    const hint = place.key === '-' ? '`-` means the end of a list in `add` only' : 'lists take an index here';
    throw new BuildError(`\`${place.key}\` is not an item of a list: ${hint}`, place.pointer.at, place.related);
  }
  const index = Number(place.key);
  return index < 0 ? index + size : index;
}

function noSuchIndex({ container, pointer, related }: Place): BuildError {
  const count = container.kind === 'sequence' ? container.items.length : 0;
  return new BuildError(
    `\`${pointer.text}\` is beyond the end of the list, which has ${count} item${count === 1 ? '' : 's'}; correct the index`,
    pointer.at,
    related,
  );
}

/** Inserts or replaces a value of the patch. The replaced value becomes the `input` of its origin. */
function place(where: Place, value: Node, op: 'add' | 'replace'): void {
  const added = cloneNode(value);
  const { container } = where;
  const old = container.kind === 'map' || op === 'replace' ? get(where) : undefined;
  markPatch(added, 'json patch');
  if (old) added.origin = patchedOrigin('json patch', value.origin, old.origin);
  if (container.kind === 'sequence' && op === 'replace') {
    container.items[readIndex(where, container.items.length)] = added;
  } else {
    put(where, added);
  }
}

/** Sets a map's key, or inserts into a list. */
function put(where: Place, value: Node): void {
  const { container, key } = where;
  if (container.kind === 'sequence') {
    const index = key === '-' ? container.items.length : readIndex(where, container.items.length + 1);
    if (index < 0 || index > container.items.length) throw noSuchIndex(where);
    container.items.splice(index, 0, value);
    return;
  }
  const entry = findEntry(container, key);
  if (entry) {
    entry.value = value;
    return;
  }
  const origin = { kind: 'transformed', by: 'json patch', configuredIn: where.pointer.at, input: undefined } as const;
  container.entries.push({ key: stringNode(key, origin), value });
}

function remove(where: Place): void {
  const { container, key, pointer } = where;
  const { origin: input } = take(where);
  if (container.kind === 'sequence') return;
  noteRemoval(container, key, { kind: 'transformed', by: 'json patch', configuredIn: pointer.at, input });
}

/** Removes and returns the value at a place. */
function take(where: Place): Node {
  const { container, key, pointer, related } = where;
  if (container.kind === 'sequence') {
    const index = readIndex(where, container.items.length);
    const [item] = index < 0 ? [] : container.items.splice(index, 1);
    if (item === undefined) throw noSuchIndex(where);
    return item;
  }
  const entry = findEntry(container, key);
  if (entry === undefined) {
    throw new BuildError(
      `there is no \`${pointer.text}\` in the object to remove; correct the path, or remove this step`,
      pointer.at,
      related,
    );
  }
  container.entries.splice(container.entries.indexOf(entry), 1);
  return entry.value;
}

function nullAt({ pointer }: Place): Node {
  const origin = { kind: 'transformed', by: 'json patch', configuredIn: pointer.at, input: undefined } as const;
  return plainNode('null', origin);
}

function test(where: Place, expected: Node): void {
  const actual = get(where);
  if (actual === undefined ? isNull(expected) : isEqual(actual, expected)) return;
  throw new BuildError(
    `the test of \`${where.pointer.text}\` fails: the object has another value there, so the patch cannot be applied`,
    where.pointer.at,
    where.related,
  );
}

function isEqual(a: Node, b: Node): boolean {
  switch (a.kind) {
    case 'scalar':
      return b.kind === 'scalar' && a.tag === b.tag && a.value === b.value;
    case 'sequence':
      return (
        b.kind === 'sequence' &&
        a.items.length === b.items.length &&
        a.items.every((item, i) => isEqual(item, b.items[i] as Node))
      );
    case 'map':
      return (
        b.kind === 'map' &&
        a.entries.length === b.entries.length &&
        a.entries.every(({ key, value }) => {
          const other = findEntry(b, key.value)?.value;
          return other !== undefined && isEqual(value, other);
        })
      );
  }
}

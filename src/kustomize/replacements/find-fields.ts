import {
  emptyList,
  emptyMap,
  findEntry,
  getPath,
  isNull,
  type Node,
  plainNode,
  type ScalarNode,
  type SequenceNode,
} from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import { resolveScalar } from '../../source/scalars/resolve-scalar.ts';
import type { Span } from '../../source/span.ts';
import { matchAnywhere } from '../selectors/go-regexp.ts';
import { isItemStep, readIndexStep, splitItemStep } from './field-path.ts';
import { itemsOf, missingEquals, PathProblem, wrongKind } from './lookup-field.ts';

/** A field that a path selects, with a function to replace its node. */
export interface Field {
  readonly node: Node;
  /** Whether it is in a parsed copy of a text, so that what is written into it is lost. */
  readonly isLost?: true;
  /** Whether the path has created it, and it has no type of its own yet. */
  readonly isNew: boolean;
  /** Whether it is in a flow collection, where kustomize prints an empty text as `''` instead of nothing. */
  readonly inFlow: boolean;
  replace(node: Node): void;
}

/** Options of {@link findFields}. */
export interface FindOptions {
  /** Creates missing fields; the one of the last step becomes this kind of node. */
  readonly create: Node['kind'] | undefined;
  /** The origin of created nodes. */
  readonly origin: Origin;
  /** The location of the path, for errors in its regular expressions. */
  readonly at: Span;
  /** Called if the path continues below a scalar: 5.8 parses its text as YAML. */
  readonly enterScalar: ((field: Field, steps: readonly string[], options: FindOptions) => Field[]) | undefined;
}

/**
 * Finds all fields that the field path of a replacement's target selects. Besides keys and indices, a path may have `*`
 * for every item, and `[name=value]`, where the value is a regular expression that may match anywhere in the item's
 * field: `[name=x]` also selects `x2`. Returns none if a key is missing; throws a PathProblem if a step does not match
 * the kind of its node. Follows kyaml's PathMatcher.
 */
export function findFields(field: Field, steps: readonly string[], options: FindOptions): Field[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [field];
  const index = readIndexStep(step);
  if (index !== undefined) return findByIndex(field, index, rest, options);
  if (isItemStep(step)) return findItems(field, step, rest, options);
  if (step === '*') return itemFields(field, step).flatMap((item) => findFields(item, rest, options));
  return findByKey(field, step, rest, options);
}

function findByKey(parent: Field, key: string, rest: readonly string[], options: FindOptions): Field[] {
  const { node } = parent;
  if (key === '-' && node.kind === 'sequence') {
    throw new PathProblem('`-` means the last item of a list in a source only; write its index');
  }
  if (!isNull(node) && node.kind !== 'map') throw wrongKind(key, 'a map', node);
  if (!isNull(node) && key === '') throw new PathProblem('one of its steps is empty; remove the extra dot');
  const entry = node.kind === 'map' ? findEntry(node, key) : undefined;
  if (entry === undefined) {
    if (options.create === undefined) return [];
    const value = makeNode(rest[0], options);
    // The key has the type that YAML resolves, even one that JSON keys cannot have.
    const added = { key: plainNode(key, options.origin), value };
    // As in kustomize, a field created below a null is lost.
    if (node.kind === 'map') node.entries.push(added);
    return findFields({ ...fieldAt(added, parent), isNew: true }, rest, options);
  }
  const field = fieldAt(entry, parent);
  if (options.enterScalar && entry.value.kind === 'scalar' && rest.length > 0) {
    return options.enterScalar(field, rest, options);
  }
  return findFields(field, rest, options);
}

/** A whole object, or another tree, as a field. */
export function rootField(holder: { root: Node }): Field {
  return {
    node: holder.root,
    isNew: false,
    inFlow: false,
    replace(node) {
      holder.root = node;
    },
  };
}

function isInFlow({ node, inFlow }: Field): boolean {
  const { file, start } = originSpan(node.origin);
  return inFlow || /[{[]/.test(file.text[start] ?? '');
}

function fieldIn(parent: Field, node: Node, replace: Field['replace']): Field {
  return { node, isNew: false, inFlow: isInFlow(parent), replace };
}

function fieldAt(entry: { value: Node }, parent: Field): Field {
  return fieldIn(parent, entry.value, (node) => {
    entry.value = node;
  });
}

/** A node for a missing step, of the kind that the next step needs. */
function makeNode(next: string | undefined, { create, origin }: FindOptions): Node {
  switch (next ? collectionFor(next) : create) {
    case 'map':
      return emptyMap(origin);
    case 'sequence':
      return emptyList(origin);
    default:
      return plainNode('', origin);
  }
}

function collectionFor(step: string): 'map' | 'sequence' {
  return isItemStep(step) || readIndexStep(step) !== undefined ? 'sequence' : 'map';
}

function itemFields(parent: Field, step: string): Field[] {
  return itemsOf(parent.node, step).map((_, i) => itemAt(parent.node as SequenceNode, i, parent));
}

function itemAt(list: SequenceNode, index: number, parent: Field): Field {
  return fieldIn(parent, list.items[index] as Node, (node) => {
    list.items[index] = node;
  });
}

function findByIndex(parent: Field, index: number, rest: readonly string[], options: FindOptions): Field[] {
  const { node } = parent;
  const { length } = itemsOf(node, String(index));
  const list = node.kind === 'sequence' ? node : emptyList(options.origin);
  const isNew = length === index && options.create !== undefined;
  if (isNew) list.items.push(makeNode(rest[0], options));
  else if (index >= length) {
    throw new PathProblem(`the list has ${length} item${length === 1 ? '' : 's'}, and none at index ${index}`);
  }
  return findFields({ ...itemAt(list, index, parent), isNew }, rest, options);
}

function findItems(field: Field, step: string, rest: readonly string[], options: FindOptions): Field[] {
  const wanted = splitItemStep(step);
  if (wanted === undefined) throw missingEquals(step);
  const found = matchItems(field, step, wanted, rest, options);
  if (found.length > 0 || options.create === undefined) return found;
  const list = field.node.kind === 'sequence' ? field.node : emptyList(options.origin);
  const { item, scalar } = makeItem(wanted, options);
  list.items.push(item);
  const made = matchItems({ ...field, node: list }, step, wanted, rest, options);
  if (made.length > 0) return made.map((each) => (each.node === scalar ? { ...each, isNew: true } : each));
  throw new PathProblem(
    `no item matches \`${step}\`, not even one that is created for it, so kustomize creates more and more items and never ends; write the value without regular expression characters`,
  );
}

function matchItems(
  field: Field,
  step: string,
  { key, value }: { key: string; value: string },
  rest: readonly string[],
  options: FindOptions,
): Field[] {
  return itemFields(field, step).flatMap((item) => {
    const compared = key === '' ? item.node : getPath(item.node, [key]);
    if (compared === undefined || !matchAnywhere(value, options.at)(writtenText(compared))) return [];
    // As in kustomize, the steps after `[=value]` are ignored.
    return key === '' ? [item] : findFields(item, rest, options);
  });
}

/** Creates the item for a step such as `[name=x]`, and the scalar in it; the item itself for `[=x]`. */
function makeItem({ key, value }: { key: string; value: string }, { origin }: FindOptions): MadeItem {
  const scalar = plainNode(value, origin);
  if (key === '') return { item: scalar, scalar };
  return { item: { kind: 'map', entries: [{ key: plainNode(key, origin), value: scalar }], origin }, scalar };
}

interface MadeItem {
  readonly item: Node;
  readonly scalar: ScalarNode;
}

/** A value as printed, including quotes: kustomize matches against that. */
function writtenText(node: Node): string {
  if (node.kind !== 'scalar') return '';
  switch (node.style) {
    case 'plain':
      return node.tag === '!!str' && resolveScalar(node.value) !== '!!str' ? `"${node.value}"` : node.value;
    case 'single':
      return `'${node.value.replaceAll("'", "''")}'`;
    case 'double':
      return JSON.stringify(node.value);
    case 'literal':
      return `|-\n  ${node.value.trimEnd().replaceAll('\n', '\n  ')}`;
    case 'folded':
      return `>-\n  ${node.value.trimEnd()}`;
  }
}

import {
  emptyMap,
  findEntry,
  isNull,
  type Node,
  type ScalarNode,
  type SequenceNode,
  stringNode,
} from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import { resolveScalar } from '../../source/resolve-scalar.ts';
import type { Span } from '../../source/span.ts';
import { matchAnywhere } from '../go-regexp.ts';
import { isItemStep, readIndexStep, splitItemStep } from './field-path.ts';
import { itemsOf, missingEquals, PathProblem, wrongKind } from './lookup-field.ts';

/** A field that a path found, with the means to put another node there. */
export interface Field {
  readonly node: Node;
  /** It stands in a copy of a text, which nobody will see again. */
  readonly isLost?: true;
  /** The path made this field: it has no type of its own yet. */
  readonly isNew: boolean;
  /** It stands inside of braces or brackets, where kustomize writes an empty text as `''` and not as nothing. */
  readonly inFlow: boolean;
  replace(node: Node): void;
}

/** How to go about it. */
export interface FindOptions {
  /** Make what is missing; the last step's field becomes this kind of node. */
  readonly create: Node['kind'] | undefined;
  /** The origin of what is made. */
  readonly origin: Origin;
  /** Where the path stands, for regular expressions that are none. */
  readonly at: Span;
  /** What to do where the path goes on below a single value: 5.8 looks for YAML in it. */
  readonly enterScalar: ((field: Field, steps: readonly string[], options: FindOptions) => Field[]) | undefined;
}

/**
 * All fields that the field path of a replacement's target leads to. Beside keys and indices it may have `*` for every
 * item, and `[name=value]`, where the value is a regular expression that may match anywhere in the item's field: `[name=x]`
 * takes `x2` as well. Empty where a key is missing; throws a PathProblem where a step does not go with what it meets.
 * Follows kyaml's PathMatcher.
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
    throw new PathProblem('`-` stands for the last item of a list in a source only; write its index');
  }
  if (!isNull(node) && node.kind !== 'map') throw wrongKind(key, 'a map', node);
  if (!isNull(node) && key === '') throw new PathProblem('one of its steps is empty; remove the dot too many');
  const entry = node.kind === 'map' ? findEntry(node, key) : undefined;
  if (entry === undefined) {
    if (options.create === undefined) return [];
    const value = makeNode(rest[0], options);
    const added = { key: makeKey(key, options.origin), value };
    // What hangs on a null is lost, as it is in kustomize.
    if (node.kind === 'map') node.entries.push(added);
    return findFields(fieldAt(added, true, parent), rest, options);
  }
  const field = fieldAt(entry, false, parent);
  if (options.enterScalar && entry.value.kind === 'scalar' && rest.length > 0) {
    return options.enterScalar(field, rest, options);
  }
  return findFields(field, rest, options);
}

/** The whole object, which is nobody's field. */
export function rootField(node: Node): Field {
  return { node, isNew: false, inFlow: false, replace() {} };
}

function isInFlow({ node, inFlow }: Field): boolean {
  const { file, start } = originSpan(node.origin);
  return inFlow || /[{[]/.test(file.text[start] ?? '');
}

function fieldAt(entry: { value: Node }, isNew: boolean, parent: Field): Field {
  return {
    node: entry.value,
    isNew,
    inFlow: isInFlow(parent),
    replace(node) {
      entry.value = node;
    },
  };
}

/** The key of a field that is added: plain, and so of the type that YAML reads in it, which may be none that JSON has. */
function makeKey(text: string, origin: FindOptions['origin']): ScalarNode {
  return { ...stringNode(text, origin), tag: resolveScalar(text) };
}

/** A node for a step that is missing: of the kind that the step behind it needs. */
function makeNode(next: string | undefined, { create, origin }: FindOptions): Node {
  const isList = next !== undefined && (isItemStep(next) || readIndexStep(next) !== undefined);
  const kind = isList ? 'sequence' : next ? 'map' : create;
  switch (kind) {
    case 'map':
      return emptyMap(origin);
    case 'sequence':
      return { kind: 'sequence', items: [], origin };
    default:
      return { kind: 'scalar', value: '', tag: '!!null', style: 'plain', origin };
  }
}

function itemFields(parent: Field, step: string): Field[] {
  return itemsOf(parent.node, step).map((_, i) => itemAt(parent.node as SequenceNode, i, false, parent));
}

function itemAt(list: SequenceNode, index: number, isNew: boolean, parent: Field): Field {
  return {
    node: list.items[index] as Node,
    isNew,
    inFlow: isInFlow(parent),
    replace(node) {
      list.items[index] = node;
    },
  };
}

function findByIndex(parent: Field, index: number, rest: readonly string[], options: FindOptions): Field[] {
  const { node } = parent;
  const { length } = itemsOf(node, String(index));
  const list: SequenceNode = node.kind === 'sequence' ? node : { kind: 'sequence', items: [], origin: options.origin };
  const isNew = length === index && options.create !== undefined;
  if (isNew) list.items.push(makeNode(rest[0], options));
  else if (index >= length) {
    throw new PathProblem(`the list has ${length} item${length === 1 ? '' : 's'}, and none at index ${index}`);
  }
  return findFields(itemAt(list, index, isNew, parent), rest, options);
}

function findItems(field: Field, step: string, rest: readonly string[], options: FindOptions): Field[] {
  const wanted = splitItemStep(step);
  if (wanted === undefined) throw missingEquals(step);
  const found = matchItems(field, step, wanted, rest, options);
  if (found.length > 0 || options.create === undefined) return found;
  const list: SequenceNode =
    field.node.kind === 'sequence' ? field.node : { kind: 'sequence', items: [], origin: options.origin };
  const { item, scalar } = makeItem(wanted, options);
  list.items.push(item);
  const made = matchItems({ ...field, node: list }, step, wanted, rest, options);
  if (made.length > 0) return made.map((each) => (each.node === scalar ? { ...each, isNew: true } : each));
  throw new PathProblem(
    `no item matches \`${step}\`, nor does one that is made of it, so that kustomize makes more and more of them and never ends; write the value without characters of regular expressions`,
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
    const compared = key === '' ? item.node : item.node.kind === 'map' ? findEntry(item.node, key)?.value : undefined;
    if (compared === undefined || !matchAnywhere(value, options.at)(writtenText(compared))) return [];
    // What stands behind `[=value]` is not looked at.
    return key === '' ? [item] : findFields(item, rest, options);
  });
}

/** What a step such as `[name=x]` asks for: an item, and the single value in it, or that it is. */
function makeItem({ key, value }: { key: string; value: string }, { origin }: FindOptions): MadeItem {
  const scalar: ScalarNode = { kind: 'scalar', value, tag: resolveScalar(value), style: 'plain', origin };
  if (key === '') return { item: scalar, scalar };
  return { item: { kind: 'map', entries: [{ key: makeKey(key, origin), value: scalar }], origin }, scalar };
}

interface MadeItem {
  readonly item: Node;
  readonly scalar: ScalarNode;
}

/** A value as it is written, quotes included: kustomize matches against that. */
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

import { getField, isNull, type Node, scalarText } from '../../source/node.ts';
import { describeKind } from '../describe-kind.ts';
import { isItemStep, readIndexStep, splitItemStep } from './field-path.ts';

/** The reason why a path cannot be followed, as a clause to put after a colon. */
export class PathProblem extends Error {}

/** An index in brackets, `args.[1]`, which can only mean `args.1`. */
export class BracketedIndex extends PathProblem {}

/**
 * Looks up the field path of a replacement's source; undefined if there is no such field. Steps are keys, indices, `-`
 * for a list's last item, and `[name=value]` for the first item with exactly this value. Throws a PathProblem if a step
 * does not match the kind of its node. Follows kyaml's PathGetter.
 */
export function lookupField(root: Node, steps: readonly string[]): Node | undefined {
  let node: Node | undefined = root;
  for (const step of steps.map((text) => text.trim())) {
    if (node === undefined) return undefined;
    if (step !== '') node = lookupStep(node, step);
  }
  return node;
}

function lookupStep(node: Node, step: string): Node | undefined {
  const index = step === '-' ? -1 : readIndexStep(step);
  if (index !== undefined) {
    const items = itemsOf(node, step);
    if (index < 0 && items.length === 0) throw new PathProblem('`-` means the last item, but the list is empty');
    return items.at(index);
  }
  if (/^-\d+$/.test(step)) throw new PathProblem(`the index ${step} is negative; \`-\` is the last item`);
  if (step === '*') throw new PathProblem('a source is one field, so its path cannot have `*`');
  if (isItemStep(step)) {
    const wanted = splitItemStep(step);
    if (wanted === undefined) throw missingEquals(step);
    return itemsOf(node, step).find((item) => hasValue(item, wanted));
  }
  if (isNull(node)) return undefined;
  if (node.kind !== 'map') throw wrongKind(step, 'a map', node);
  return getField(node, step);
}

function hasValue(item: Node, { key, value }: { key: string; value: string }): boolean {
  if (key === '') return scalarText(item) === value;
  const field = item.kind === 'map' ? getField(item, key) : undefined;
  return field !== undefined && scalarText(field) === value;
}

/** The items of a list, none for null. */
export function itemsOf(node: Node, step: string): readonly Node[] {
  if (isNull(node)) return [];
  if (node.kind !== 'sequence') throw wrongKind(step, 'a list', node);
  return node.items;
}

/** The error for an item step without `=`; usually it is an index in brackets, such as `args.[1]`. */
export function missingEquals(step: string): PathProblem {
  const inner = step.slice(1, -1);
  return readIndexStep(inner) === undefined
    ? new PathProblem(`\`${step}\` has no \`=\`; write \`[name=value]\``)
    : new BracketedIndex(`\`${step}\` has no \`=\`; write the index without brackets, \`${inner}\``);
}

/** The error for a step that needs another kind of node. */
export function wrongKind(step: string, needed: string, node: Node): PathProblem {
  return new PathProblem(`\`${step}\` needs ${needed}, and there is ${describeKind(node.kind)}`);
}

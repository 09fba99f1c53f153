import { bareText, stringValue } from '../../source/json/json-value.ts';
import {
  cloneNode,
  forEachScalar,
  getField,
  type MapNode,
  type Node,
  type ScalarNode,
  type SequenceNode,
} from '../../source/node.ts';
import { findPrintError } from '../../source/print/check-printable.ts';
import { resolveScalar } from '../../source/scalars/resolve-scalar.ts';
import { BuildError, refusePrintErrors } from '../problem.ts';

/**
 * The items, as written, of a file's only document if its kind is `List` or `ResourceList`; otherwise the document.
 * If `items` is a map, kustomize takes its keys and values as items; if it is a scalar, there are none.
 */
export function unwrapList(root: Node): Node[] {
  if (root.kind !== 'map') return [root];
  const kind = getField(root, 'kind');
  if (kind?.kind !== 'scalar' || (kind.value !== 'List' && kind.value !== 'ResourceList')) return [root];
  const items = getField(root, 'items');
  if (items === undefined) return getField(root, 'functionConfig') === undefined ? [root] : [];
  switch (items.kind) {
    case 'sequence':
      return items.items;
    case 'map':
      return items.entries.flatMap(({ key, value }) => [key, value]);
    case 'scalar':
      return [];
  }
}

/**
 * Copies of the items of any other list, such as a `RoleList`. kustomize converts these to JSON and back, which turns
 * dates into strings and normalizes numbers. Throws a BuildError if JSON cannot hold the list.
 */
export function copyListItems(list: MapNode, { items }: SequenceNode): Node[] {
  const error = items.length === 0 ? undefined : findPrintError(list);
  if (error !== undefined) throw new BuildError(error.message, error.at);
  return items.map((item) => {
    const copy = cloneNode(item);
    refusePrintErrors(() => forEachScalar(copy, toJsonScalar));
    return copy;
  });
}

function toJsonScalar(node: ScalarNode): void {
  const text = stringValue(node);
  node.value = text ?? bareText(node, 'json');
  node.style = text === undefined ? 'plain' : 'double';
  node.tag = text === undefined ? resolveScalar(node.value) : '!!str';
}

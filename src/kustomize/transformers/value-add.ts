import { emptyList, emptyMap, getField, getText, type Node, type SequenceNode, stringNode } from '../../source/node.ts';
import { isItemPart, splitSpecPath } from '../field-specs/field-spec.ts';
import { BuildError } from '../problem.ts';
import type { Resource } from '../resources/resource.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import { selectResources } from '../selectors/selector.ts';
import { wrongKind } from './apply-field-spec.ts';
import { addEntry, type Change, changeConfiguredBy, changedOrigin, changeText } from './change.ts';
import { insertPathPart } from './file-path.ts';
import { setNamespaceOf } from './namespace.ts';
import type { ValueTarget } from './value-targets.ts';

/**
 * Writes one value into fields of resources. For `metadata/namespace` it works like the namespace transformer. Throws a
 * BuildError if a target selects a map or list. Follows kustomize's ValueAddTransformer.
 * @param value the text, and the node for the origins
 */
export function addValue(
  resources: ResourceSet,
  value: { readonly text: string; readonly node: Node },
  targets: readonly ValueTarget[],
): void {
  const change = changeConfiguredBy(value.node, 'value add');
  for (const { selector, fieldPath, filePathPosition } of targets) {
    const chosen = selector === undefined ? resources.toArray() : selectResources(resources, selector);
    for (const resource of chosen) {
      if (fieldPath.value === 'metadata/namespace') {
        const namespace = stringNode(value.text, value.node.origin);
        setNamespaceOf(resource, namespace, { unsetOnly: false, setRoleBindingSubjects: 'defaultOnly', specs: [] });
      } else {
        addValueTo(resource, { text: value.text, position: filePathPosition, fieldPath: fieldPath.value, change });
      }
    }
  }
}

interface Addition {
  readonly text: string;
  readonly position: number;
  readonly fieldPath: string;
  readonly change: Change;
}

function addValueTo(resource: Resource, { text, position, fieldPath, change }: Addition): void {
  const parts = splitValuePath(fieldPath);
  let node: Node = resource.node;
  for (const [i, part] of parts.entries()) {
    const found = step(node, part, parts[i + 1], { resource, fieldPath, change });
    if (found === undefined) return;
    node = found;
  }
  if (node.kind !== 'scalar') throw wrongKind(node, 'a single value', fieldPath, resource, change);
  changeText(node, position > 0 ? insertPathPart(node.value, position - 1, text) : text, change);
}

/** The trimmed, non-empty parts of a path. */
function splitValuePath(path: string): string[] {
  return splitSpecPath(path)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

interface Step {
  readonly resource: Resource;
  readonly fieldPath: string;
  readonly change: Change;
}

/** Follows one part of a path: a key, created if absent; `0` or `-` for an item of a list; `[key=value]` for another. */
function step(node: Node, part: string, next: string | undefined, where: Step): Node | undefined {
  if (part === '*') {
    throw new BuildError(
      `\`${where.fieldPath}\` has a \`*\`, which is not possible here; name one field`,
      where.change.configuredIn,
    );
  }
  if (isItemPart(part)) {
    if (node.kind === 'sequence') return findItem(node, part, where);
    throw wrongKind(node, 'a list', where.fieldPath, where.resource, where.change);
  }
  if (node.kind === 'scalar' && node.tag === '!!null') return undefined;
  if (node.kind !== 'map') throw wrongKind(node, 'a map', where.fieldPath, where.resource, where.change);
  const found = getField(node, part);
  if (found !== undefined) return found;
  const origin = changedOrigin(where.change);
  const isLast = next === undefined;
  const made: Node = isLast ? stringNode('', origin) : /^\[|^\d+$/.test(next) ? emptyList(origin) : emptyMap(origin);
  addEntry(node, part, made, where.change);
  return made;
}

/** An item by index, or by its value or that of one of its keys; one selected by value is created if absent. */
function findItem(list: SequenceNode, part: string, { change }: Step): Node | undefined {
  if (part === '-') return list.items.at(-1);
  if (!part.startsWith('[')) return list.items[Number(part)];
  const [key = '', wanted = ''] = part.slice(1, -1).split(/=(.*)/s);
  const found = list.items.find((item) =>
    key === '' ? item.kind === 'scalar' && item.value === wanted : getText(item, [key]) === wanted,
  );
  if (found !== undefined) return found;
  const value = stringNode(wanted, changedOrigin(change));
  const made = key === '' ? value : emptyMap(changedOrigin(change));
  if (made.kind === 'map') addEntry(made, key, value, change);
  list.items.push(made);
  return made;
}

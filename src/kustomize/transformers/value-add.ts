import { posix } from 'node:path';
import { emptyMap, findEntry, getField, getText, type MapNode, type Node, stringNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { BuildContext } from '../build-context.ts';
import { BuildError } from '../problem.ts';
import type { Resource } from '../resource.ts';
import type { ResourceSet } from '../resource-set.ts';
import { selectResources } from '../selector.ts';
import { wrongKind } from './apply-field-spec.ts';
import { addEntry, type Change, changeAskedBy, changedOrigin, changeText } from './change.ts';
import { insertPathPart } from './file-path.ts';
import { setNamespaceOf } from './namespace.ts';

/** One of the places where a ValueAddTransformer puts its value. */
export interface ValueTarget {
  /** Which resources; undefined means all. */
  readonly selector: MapNode | undefined;
  /** The field, its parts separated by `/`, with `\/` for a slash in a part. Made where it is absent. */
  readonly fieldPath: string;
  /** From 1: the part of the file path in the field before which the value goes in; 0 puts it in the field's place. */
  readonly filePathPosition: number;
}

/**
 * Puts one value into fields of resources. A target of `metadata/namespace` moves the resource as the namespace
 * transformer does. Follows kustomize's ValueAddTransformer.
 * @param value the text; its node is what the origins point at
 */
export function addValue(
  resources: ResourceSet,
  value: { readonly text: string; readonly node: Node },
  targets: readonly ValueTarget[],
  context: BuildContext,
): void {
  const change = changeAskedBy(value.node, 'value add');
  for (const { selector, fieldPath, filePathPosition } of targets) {
    const chosen = selector === undefined ? resources.toArray() : selectResources(resources, selector, context);
    for (const resource of chosen) {
      if (fieldPath === 'metadata/namespace') {
        const namespace = stringNode(value.text, value.node.origin);
        setNamespaceOf(resource, namespace, { unsetOnly: false, setRoleBindingSubjects: 'defaultOnly', specs: [] });
      } else {
        addValueTo(resource, splitPath(fieldPath), { text: value.text, position: filePathPosition, fieldPath, change });
      }
    }
  }
}

/**
 * Reads the targets of a ValueAddTransformer, `{targets: [{selector, fieldPath, filePathPosition}]}`, out of its
 * configuration or the file that `targetFilePath` names. Throws a BuildError for a target that kustomize refuses.
 */
export function readValueTargets(config: MapNode): ValueTarget[] {
  const targets = getField(config, 'targets');
  if (targets?.kind !== 'sequence') return [];
  return targets.items.filter((target) => target.kind === 'map').map(readValueTarget);
}

function readValueTarget(target: MapNode): ValueTarget {
  const fieldPath = getText(target, ['fieldPath']) ?? '';
  const position = findEntry(target, 'filePathPosition')?.value;
  const filePathPosition = position?.kind === 'scalar' ? Number(position.value) : 0;
  if (fieldPath === '') {
    throw new BuildError('this target names no field; add a `fieldPath`', originSpan(target.origin));
  }
  if (position !== undefined && filePathPosition < 0) {
    throw new BuildError(
      `the position ${filePathPosition} is negative; count the parts of the path from 1`,
      originSpan(position.origin),
    );
  }
  const selector = getField(target, 'selector');
  return { selector: selector?.kind === 'map' ? selector : undefined, fieldPath, filePathPosition };
}

/** The value that a ValueAddTransformer without one adds: the name of the kustomization's folder. */
export function defaultValue(directory: string): string {
  return posix.basename(directory);
}

/** Empty parts are left out, and spaces around a part. */
function splitPath(path: string): string[] {
  const parts: string[] = [];
  for (const piece of path.split('/')) {
    const last = parts.at(-1);
    if (last?.endsWith('\\')) parts[parts.length - 1] = `${last.slice(0, -1)}/${piece}`;
    else parts.push(piece);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

interface Addition {
  readonly text: string;
  readonly position: number;
  readonly fieldPath: string;
  readonly change: Change;
}

function addValueTo(
  resource: Resource,
  parts: readonly string[],
  { text, position, fieldPath, change }: Addition,
): void {
  let node: Node = resource.node;
  for (const [i, part] of parts.entries()) {
    const found = step(node, part, parts[i + 1], { resource, fieldPath, change });
    if (found === undefined) return;
    node = found;
  }
  if (node.kind !== 'scalar') throw wrongKind(node, 'a plain value', fieldPath, resource, change);
  changeText(node, position > 0 ? insertPathPart(node.value, position - 1, text) : text, change);
}

interface Step {
  readonly resource: Resource;
  readonly fieldPath: string;
  readonly change: Change;
}

/** One part of the way: a key, made where it is absent; `0` or `-` for an item of a list; `[key=value]` for another. */
function step(node: Node, part: string, next: string | undefined, where: Step): Node | undefined {
  if (part === '*') {
    throw new BuildError(
      `\`${where.fieldPath}\` has a \`*\`, which is not possible here; name one field`,
      where.change.configuredIn,
    );
  }
  const isItem = part === '-' || /^[-+]?\d+$/.test(part) || /^\[.*\]$/s.test(part);
  if (isItem) {
    if (node.kind === 'sequence') return findItem(node.items, part);
    throw wrongKind(node, 'a list', where.fieldPath, where.resource, where.change);
  }
  if (node.kind === 'scalar' && node.tag === '!!null') return undefined;
  if (node.kind !== 'map') throw wrongKind(node, 'a map', where.fieldPath, where.resource, where.change);
  const found = getField(node, part);
  if (found !== undefined) return found;
  const origin = changedOrigin(where.change);
  const isLast = next === undefined;
  const made: Node = isLast
    ? stringNode('', origin)
    : /^\[|^\d+$/.test(next)
      ? { kind: 'sequence', items: [], origin }
      : emptyMap(origin);
  addEntry(node, part, made, where.change);
  return made;
}

function findItem(items: readonly Node[], part: string): Node | undefined {
  if (part === '-') return items.at(-1);
  if (!part.startsWith('[')) return items[Number(part)];
  const [key = '', wanted] = part.slice(1, -1).split(/=(.*)/s);
  return items.find((item) =>
    key === '' ? item.kind === 'scalar' && item.value === wanted : getText(item, [key]) === wanted,
  );
}

import {
  emptyList,
  emptyMap,
  findEntry,
  isNull,
  type MapEntry,
  type MapNode,
  type Node,
  stringNode,
} from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { describeKind } from '../describe-kind.ts';
import { type FieldSpec, isItemPart, isSelected, splitSpecPath } from '../field-specs/field-spec.ts';
import { BuildError } from '../problem.ts';
import { describeResource } from '../resources/describe-resource.ts';
import type { Resource } from '../resources/resource.ts';
import { addEntry, type Change, changedOrigin } from './change.ts';

/** What to do with the fields that a field spec selects. */
export interface FieldSetting {
  /** The step, for messages and for the origin of created nodes. */
  readonly change: Change;
  /** The kind of node to create if the spec says `create` and the field is absent or null; by default, none. */
  readonly create?: 'map' | '!!str' | '!!int';
  /** Called with each field found or created, which may be any kind of node. */
  set(field: Node, spec: FieldSpec): void;
}

/**
 * Walks an object along a field spec and sets each field that it selects; does nothing if the spec is for another type
 * of object. The walk visits all items of a list, with or without `[]` in the path; `[]` only prevents creating the
 * field. A null ends the walk, unless something may be created there: then it is replaced with a map, or after `[]`
 * with an empty list.
 *
 * Throws a BuildError if there is a scalar on the path. Follows kustomize's fieldspec filter.
 */
export function applyFieldSpec(resource: Resource, spec: FieldSpec, setting: FieldSetting): void {
  if (!isSelected(resource.id, spec)) return;
  walk(resource.node, splitSpecPath(spec.path), 0, { resource, spec, setting });
}

/** Applies several field specs in order. */
export function applyFieldSpecs(resource: Resource, specs: readonly FieldSpec[], setting: FieldSetting): void {
  const id = resource.id;
  for (const spec of specs) {
    if (!isSelected(id, spec)) continue;
    walk(resource.node, splitSpecPath(spec.path), 0, { resource, spec, setting });
  }
}

interface Walk {
  readonly resource: Resource;
  readonly spec: FieldSpec;
  readonly setting: FieldSetting;
}

function walk(node: Node, parts: readonly string[], depth: number, task: Walk): void {
  const part = parts[depth];
  if (part === undefined) {
    task.setting.set(node, task.spec);
    return;
  }
  if (isNull(node)) return;
  switch (node.kind) {
    case 'sequence':
      for (const item of node.items) walk(item, parts, depth, task);
      return;
    case 'map': {
      const field = findOrMake(node, part, depth === parts.length - 1, task);
      if (field !== undefined) walk(field, parts, depth + 1, task);
      return;
    }
    case 'scalar':
      throw wrongKind(node, 'a map or list', task.spec.path, task.resource, task.setting.change);
  }
}

type Kind = 'map' | 'list' | '!!str' | '!!int';

/** The value for one part of the path, created if allowed; otherwise undefined if it is absent. */
function findOrMake(map: MapNode, part: string, isLast: boolean, task: Walk): Node | undefined {
  const { spec, setting } = task;
  const isList = part.endsWith('[]');
  const name = (isList ? part.slice(0, -2) : part).trim();
  if (name === '' || isItemPart(name)) throw unusablePart(part, map, task);
  const makes = spec.create && setting.create !== undefined && !isList;
  let kind: Kind | undefined;
  if (makes) kind = isLast ? setting.create : 'map';
  else if (isList) kind = 'list';
  const entry = findEntry(map, name);
  if (entry !== undefined) {
    if (kind !== undefined && isNull(entry.value)) replaceNull(entry, kind, setting.change);
    return entry.value;
  }
  if (!makes || kind === undefined) return undefined;
  const made = make(kind, setting.change);
  addEntry(map, name, made, setting.change);
  return made;
}

function make(kind: Kind, change: Change): Node {
  const origin = changedOrigin(change);
  switch (kind) {
    case 'map':
      return emptyMap(origin);
    case 'list':
      return emptyList(origin);
    case '!!str':
    case '!!int':
      return stringNode('', origin);
  }
}

/** Replaces a null with the needed kind of node. A scalar keeps its text, to which a name prefix is then added. */
function replaceNull(entry: MapEntry, kind: Kind, change: Change): void {
  const old = entry.value;
  if (kind === '!!str' || kind === '!!int') {
    if (old.kind === 'scalar') old.tag = kind;
    return;
  }
  entry.value = make(kind, change);
  entry.value.origin = changedOrigin(change, old.origin);
}

/** The error for a node of the wrong kind for a step. */
export function wrongKind(node: Node, needed: string, path: string, resource: Resource, change: Change): BuildError {
  return new BuildError(
    `the step for ${change.by} needs ${needed} in \`${path}\` of ${describeResource(resource)}, but this is ${describeKind(node.kind)}; ` +
      'correct the object, or the path that leads here',
    originSpan(node.origin),
    [{ at: change.configuredIn, note: 'the step is configured here' }],
  );
}

function unusablePart(part: string, map: MapNode, { spec, setting, resource }: Walk): BuildError {
  const isEmpty = part.trim() === '' || part === '[]';
  const why = isEmpty ? 'has an empty part' : `cannot pick an item by \`${part}\``;
  return new BuildError(
    spec.path === ''
      ? 'this field spec has no `path`; name the field that it is for'
      : `the path \`${spec.path}\` ${why}; name the fields only, lists are gone through by themselves`,
    spec.configuredIn ?? setting.change.configuredIn,
    [{ at: originSpan(map.origin), note: `found in ${describeResource(resource)}` }],
  );
}

import { emptyMap, findEntry, isNull, type MapEntry, type MapNode, type Node, stringNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { type FieldSpec, isSelected, splitFieldPath } from '../field-spec.ts';
import { BuildError } from '../problem.ts';
import type { Resource } from '../resource.ts';
import { addEntry, type Change, changedOrigin } from './change.ts';

/** What to do with the fields that a field spec leads to. */
export interface FieldSetting {
  /** The step, for the origin of what has to be made on the way and for messages. */
  readonly change: Change;
  /** What the field is made as where the spec says `create` and it is absent or null. Without it nothing is made. */
  readonly create?: 'map' | '!!str' | '!!int';
  /** Called with each field found or made: anything, since the spec may lead anywhere. */
  set(field: Node, spec: FieldSpec): void;
}

/**
 * Walks an object along a field spec and sets each field that it leads to; does nothing where the spec is for another
 * type of object. Lists are gone through whether the path marks them with `[]` or not; what the mark does is that
 * nothing is made there. A null on the way ends it, but where something may be made the null is replaced: by a map, or
 * by an empty list behind a `[]`.
 *
 * Throws a BuildError where a scalar stands on the way. Follows kustomize's fieldspec filter.
 */
export function applyFieldSpec(resource: Resource, spec: FieldSpec, setting: FieldSetting): void {
  if (!isSelected(resource.id, spec)) return;
  walk(resource.node, splitFieldPath(spec.path), 0, { resource, spec, setting });
}

/** Applies one field spec after the other. */
export function applyFieldSpecs(resource: Resource, specs: readonly FieldSpec[], setting: FieldSetting): void {
  const id = resource.id;
  for (const spec of specs) {
    if (!isSelected(id, spec)) continue;
    walk(resource.node, splitFieldPath(spec.path), 0, { resource, spec, setting });
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

/** The value under one part of the path, made if it may be; undefined where there is none. */
function findOrMake(map: MapNode, part: string, isLast: boolean, task: Walk): Node | undefined {
  const { spec, setting } = task;
  const isList = part.endsWith('[]');
  const name = (isList ? part.slice(0, -2) : part).trim();
  if (name === '' || isIndex(name)) throw unusablePart(part, map, task);
  const makes = spec.create && setting.create !== undefined && !isList;
  const kind = makes ? (isLast ? setting.create : 'map') : isList ? 'list' : undefined;
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

/** Parts that kustomize takes for a place in a list, where the path can never go. */
function isIndex(name: string): boolean {
  return name === '-' || name === '*' || /^[-+]?\d+$/.test(name) || /^\[.*\]$/s.test(name);
}

function make(kind: Kind, change: Change): Node {
  const origin = changedOrigin(change);
  switch (kind) {
    case 'map':
      return emptyMap(origin);
    case 'list':
      return { kind: 'sequence', items: [], origin };
    case '!!str':
    case '!!int':
      return stringNode('', origin);
  }
}

/** A null becomes what is needed; as a scalar it keeps its text, which a name prefix then goes before. */
function replaceNull(entry: MapEntry, kind: Kind, change: Change): void {
  const old = entry.value;
  if (kind === '!!str' || kind === '!!int') {
    if (old.kind === 'scalar') old.tag = kind;
    return;
  }
  entry.value = make(kind, change);
  entry.value.origin = changedOrigin(change, old.origin);
}

/** The error for a value of the wrong kind in an object, where a step needs another. */
export function wrongKind(node: Node, needed: string, path: string, resource: Resource, change: Change): BuildError {
  const found = { scalar: 'a plain value', map: 'a map', sequence: 'a list' }[node.kind];
  return new BuildError(
    `the step for ${change.by} needs ${needed} in \`${path}\` of ${describe(resource)}, but this is ${found}; ` +
      'correct the object, or the path that leads here',
    originSpan(node.origin),
    [{ at: change.configuredIn, note: 'the step is asked for here' }],
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
    [{ at: originSpan(map.origin), note: `met in ${describe(resource)}` }],
  );
}

/** An object as messages name it: `Deployment api`. */
export function describe({ kind, name }: Resource): string {
  return `${kind === '' ? 'the object' : kind} ${name === '' ? 'without a name' : `\`${name}\``}`;
}

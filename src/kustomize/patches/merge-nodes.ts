import {
  entryFinder,
  getText,
  isNull,
  type MapEntry,
  type MapNode,
  type Node,
  type ScalarNode,
  type SequenceNode,
} from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import { noteRemoval } from '../../source/removed-fields.ts';
import { describeKind } from '../describe-kind.ts';
import { textField } from '../load/read-field.ts';
import type { MergeSchema, TypeSchema } from '../openapi/merge-schema.ts';
import { BuildError } from '../problem.ts';
import type { BuildContext } from '../session/build-context.ts';
import { takeListDirective, takeMapDirective } from './directive.ts';
import { mergeListItems } from './merge-list.ts';

/** What a merge needs of the build: the schema by which lists are merged, and the time limit. */
export type MergeContext = Pick<BuildContext, 'schema' | 'checkTime'>;

/**
 * Merges a patch into a node as kustomize's strategic merge does (`merge2` and `walk` in kyaml). Returns the result:
 * usually `target`, changed in place; the patch's node if it replaces the target; undefined if the patch deletes it.
 *
 * Maps are merged field by field, and a null deletes a field. Lists that the schema marks as merged are merged by key,
 * new items first; other lists, and scalars, are replaced. The merge also walks the fields that the patch does not
 * mention, and there drops nulls that are written as nothing (`key:`), and items that repeat a merge key.
 *
 * The patch's nodes become part of the result, so the caller passes a copy of the patch with origins already set
 * ({@link markPatch}). `target` and `patch` may be the same node: that is how the merge walks a new value.
 */
export function mergeNodes(
  target: Node | undefined,
  patch: Node | undefined,
  schema: TypeSchema | undefined,
  context: MergeContext,
): Node | undefined {
  const known = schema ?? findSchema(target, context.schema) ?? findSchema(patch, context.schema);
  const shape = present(target)?.kind ?? present(patch)?.kind;
  switch (shape) {
    case undefined:
      return patch === undefined && keepsNull(target) ? target : undefined;
    case 'map':
      return mergeMaps(asKind(target, shape), patch && asKind(patch, shape), known, context);
    case 'sequence':
      if (known?.isMergedList !== true) return patch === undefined ? target : asKind(patch, shape);
      return mergeLists(asKind(target, shape), patch && asKind(patch, shape), known, context);
    case 'scalar':
      return patch === undefined ? target : asKind(patch, shape);
  }
}

/** The node unless it is null. */
function present(node: Node | undefined): Node | undefined {
  return node === undefined || isNull(node) ? undefined : node;
}

/** A merge that does not mention them keeps `key: null` and `key: ~`, but not `key:`. */
function keepsNull(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value !== '';
}

/** A node of unknown type is merged by its own apiVersion and kind, if it has them. */
function findSchema(node: Node | undefined, kinds: MergeSchema): TypeSchema | undefined {
  if (node?.kind !== 'map') return undefined;
  const apiVersion = getText(node, ['apiVersion']);
  const kind = getText(node, ['kind']);
  return apiVersion && kind ? kinds.ofKind(apiVersion, kind) : undefined;
}

/** Throws a BuildError unless the node has the kind, or is null. */
function asKind<K extends Node['kind']>(
  node: Node | undefined,
  kind: K,
): Extract<Node, { kind: K }> | ScalarNode | undefined {
  if (node === undefined || isNull(node)) return node as ScalarNode | undefined;
  if (node.kind === kind) return node as Extract<Node, { kind: K }>;
  throw new BuildError(
    `the patch and its target differ here: one has ${describeKind(kind)}, the other ${describeKind(node.kind)}; write the same kind of value in both`,
    originSpan(node.origin),
  );
}

function mergeMaps(
  target: MapNode | ScalarNode | undefined,
  patch: MapNode | ScalarNode | undefined,
  schema: TypeSchema | undefined,
  context: MergeContext,
): Node | undefined {
  if (patch?.kind === 'scalar') return undefined;
  const directive = patch && takeMapDirective(patch, target?.kind === 'map');
  if (directive === 'delete') return undefined;
  const result = target?.kind === 'map' && directive !== 'replace' ? target : patch;
  if (result === undefined) return undefined;
  const inFlow = isFlow(result);
  const entryOf = entryFinder(result);
  const patchEntryOf = patch && entryFinder(patch);
  const removed = new Set<MapEntry>();
  for (const name of fieldNames(result, patch)) {
    const entry = entryOf(name);
    const patchEntry = patchEntryOf?.(name);
    const value = mergeNodes(entry?.value, patchEntry?.value, schema?.field(name), context);
    const keeps = value !== undefined && (!isNull(value) || patchEntry === undefined);
    if (keeps && value !== entry?.value && (entry?.value.kind === value.kind ? isFlow(entry.value) : inFlow))
      quoteEmpty(value);
    if (!keeps && entry) {
      removed.add(entry);
      if (patchEntry) noteRemoval(result, name, removalBy(patchEntry.value, entry.value));
    } else if (keeps && entry) entry.value = takePlace(value, entry.value);
    else if (keeps && patchEntry) result.entries.push({ key: patchEntry.key, value });
  }
  // Of repeated keys only the first is removed; the printer then fails on the second, as in kustomize.
  if (removed.size > 0) result.entries = result.entries.filter((entry) => !removed.has(entry));
  return result;
}

/** The origin of a removal by a null or a directive of a patch. */
function removalBy({ origin }: Node, { origin: input }: Node): Origin {
  return { kind: 'transformed', by: 'strategic merge patch', configuredIn: originSpan(origin), input };
}

function fieldNames(target: MapNode, patch: MapNode | undefined): string[] {
  const names = new Set(target.entries.map((entry) => entry.key.value));
  for (const entry of patch?.entries ?? []) names.add(entry.key.value);
  return [...names].sort();
}

/**
 * Replaces a value and returns the node for its place. A scalar keeps the old one's quotes, so that a number that
 * replaces a quoted string becomes a string. It is changed in place: a label that kustomize has added to several places
 * at once is one shared node, and a patch of one place changes all of them.
 */
function takePlace(value: Node, old: Node): Node {
  if (value === old) return value;
  if (value.origin !== old.origin && value.origin.kind === 'transformed' && value.origin.input === undefined) {
    value.origin = { ...value.origin, input: old.origin };
  }
  if (value.kind !== 'scalar' || old.kind !== 'scalar') return value;
  // A null has no quotes to keep, whatever its style is.
  if (isNull(old)) old.style = 'plain';
  old.value = value.value;
  old.tag = old.style === 'plain' ? value.tag : '!!str';
  old.origin = value.origin;
  return old;
}

/** Whether a map or list was written in flow style. An empty one takes the style of what is inserted. */
function isFlow(node: Node): boolean {
  if (node.kind === 'scalar' || (node.kind === 'map' ? node.entries : node.items).length === 0) return false;
  const { file, start } = originSpan(node.origin);
  return /[{[]/.test(file.text[start] ?? '');
}

/** An omitted value of a patch, as in `- key:`, becomes an empty string in a flow collection. */
function quoteEmpty(node: Node): void {
  if (node.kind === 'map') for (const { value } of node.entries) quoteEmpty(value);
  else if (node.kind === 'sequence') for (const item of node.items) quoteEmpty(item);
  else if (isNull(node) && node.value === '') node.style = 'single';
}

function mergeLists(
  target: SequenceNode | ScalarNode | undefined,
  patch: SequenceNode | ScalarNode | undefined,
  schema: TypeSchema,
  context: MergeContext,
): Node | undefined {
  if (target?.kind !== 'sequence') {
    // There is nothing to merge with, and directives have no effect, but items with the same key are still merged.
    return patch?.kind === 'sequence' ? mergeListItems(patch, patch, schema, context) : undefined;
  }
  if (patch?.kind === 'scalar') return undefined;
  const directive = patch && takeListDirective(patch);
  if (directive === 'delete') return undefined;
  const result = directive === 'replace' && patch ? patch : target;
  return mergeListItems(result, patch, schema, context);
}

/** The schema of an object to patch, by its own kind or, if that is unknown, by the patch's. */
export function schemaOfObject(target: MapNode, patch: MapNode, kinds: MergeSchema): TypeSchema | undefined {
  return findSchema(target, kinds) ?? kinds.ofKind(textField(target, 'apiVersion'), textField(patch, 'kind'));
}

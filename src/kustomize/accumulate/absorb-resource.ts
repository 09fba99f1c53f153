import { pushAll } from '../../collections/push-all.ts';
import {
  childMap,
  cloneNode,
  findEntry,
  getField,
  getPath,
  type MapEntry,
  type MapNode,
  removeField,
  type ScalarNode,
  setField,
  stringNode,
} from '../../source/node.ts';
import type { Span } from '../../source/span.ts';
import { encodeStringData } from '../generators/string-data.ts';
import { fieldSpan } from '../load/read-field.ts';
import { AbsentPart, BuildError } from '../problem.ts';
import { nameSpan } from '../resources/describe-resource.ts';
import { originAnnotation } from '../resources/origin-annotations.ts';
import type { Resource } from '../resources/resource.ts';
import { formatId, sameGvkn, sameId } from '../resources/resource-id.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import { type NullText, rewriteEntry } from '../resources/string-map.ts';
import type { BuildContext } from '../session/build-context.ts';

/**
 * Adds a generated object to a set according to its `behavior`: `create`, or none, appends it; `merge` and `replace`
 * substitute it for the object with its id but keep that object's name, labels and annotations; `merge` also keeps its
 * data. Throws a BuildError if the object to change is absent or ambiguous, or the one to create exists.
 * Follows `appendReplaceOrMerge` of kustomize's resmap.
 */
export function absorbResource(
  set: ResourceSet,
  generated: Resource,
  configuredIn: Span,
  { dialect }: Pick<BuildContext, 'dialect'>,
): void {
  const [old, another] = set.withAnyId(generated.id);
  const { behavior } = generated;
  if (old === undefined) {
    if (behavior === 'merge' || behavior === 'replace') throw nothingToChange(set, generated, behavior, configuredIn);
    set.append(generated);
    return;
  }
  if (another !== undefined) {
    throw new BuildError(
      `${formatId(generated.id)} could be merged with several objects; make their names differ`,
      configuredIn,
      [old, another].map((resource) => ({ at: nameSpan(resource), note: 'this is one of them' })),
    );
  }
  if (behavior !== 'merge' && behavior !== 'replace') {
    throw new BuildError(
      `${formatId(generated.id)} exists already; add \`behavior: merge\` or \`behavior: replace\` to change it`,
      configuredIn,
      [{ at: nameSpan(old), note: 'it comes from here' }],
    );
  }
  const origin = getPath(old.node, ['metadata', 'annotations', originAnnotation]);
  inheritFrom(generated, old);
  if (!sameId(generated.id, old.id)) throw typeChanged(generated, old, configuredIn);
  if (behavior === 'merge') {
    // A merged object keeps the older object's origin, while a replaced one gets that of its generator.
    if (origin?.kind === 'scalar') setOriginAnnotation(generated, origin);
    // Before 5.8.2, the older Secret's `stringData` is lost.
    const encodes = dialect === '5.8.2' && generated.kind === 'Secret' && generated.apiVersion === 'v1';
    mergeField(generated.node, encodes ? encodeStringData(old.node) : old.node, 'data', 'empty');
    mergeField(generated.node, old.node, 'binaryData', 'empty');
  }
  set.replace(old, generated);
}

/** Says in which namespace the object was looked up, and in which ones objects of its name exist. */
function nothingToChange(set: ResourceSet, { id }: Resource, behavior: string, at: Span): BuildError {
  const elsewhere = set.toArray().filter((other) => sameGvkn(other.id, id));
  const place = id.namespace === '' ? 'without a namespace' : `in namespace \`${id.namespace}\``;
  const advice =
    elsewhere.length > 0
      ? 'give it the `namespace` of the one that is there'
      : 'add it to the base, or use `behavior: create`';
  return new AbsentPart(
    `there is no ${id.kind} \`${id.name}\` ${place} to ${behavior}${behavior === 'merge' ? ' with' : ''}; ${advice}`,
    at,
    elsewhere.map((other) => ({
      at: nameSpan(other),
      note:
        other.id.namespace === '' ? 'this one has no namespace' : `this one is in namespace \`${other.id.namespace}\``,
    })),
  );
}

/**
 * A patch has changed the type of the older object since it had this id; kustomize replaces only objects of the same
 * type.
 */
function typeChanged(generated: Resource, old: Resource, at: Span): BuildError {
  return new BuildError(
    `what was the ${generated.kind} \`${generated.name}\` is ${formatId(old.id)} now, and cannot be replaced by a ${generated.kind}; ` +
      'generate it under another name',
    at,
    [{ at: fieldSpan(old.node, 'kind'), note: 'its type was changed here' }],
  );
}

/** Gives the generated object the identity, history and metadata of the one that it replaces. */
function inheritFrom(generated: Resource, old: Resource): void {
  mergeMetadata(generated.node, old.node, 'labels');
  mergeMetadata(generated.node, old.node, 'annotations');
  copyMetadata(generated.node, old.node, 'name');
  copyMetadata(generated.node, old.node, 'namespace');
  const listedIn = [...old.listedIn, ...generated.listedIn];
  replaceAll(generated.previousIds, old.previousIds);
  replaceAll(generated.prefixes, old.prefixes);
  replaceAll(generated.suffixes, old.suffixes);
  replaceAll(generated.referredBy, old.referredBy);
  replaceAll(generated.usedByVars, old.usedByVars);
  replaceAll(generated.listedIn, listedIn);
  // The name gets a hash only if both generators ask for one. The first behavior is kept for later overlays.
  generated.needsHash = generated.needsHash && old.needsHash;
  generated.behavior = old.behavior;
}

function replaceAll<T>(list: T[], items: readonly T[]): void {
  list.length = 0;
  pushAll(list, items);
}

function setOriginAnnotation(resource: Resource, value: ScalarNode): void {
  const annotations = getPath(resource.node, ['metadata', 'annotations']);
  if (annotations?.kind === 'map') setField(annotations, stringNode(originAnnotation, value.origin), cloneNode(value));
}

function metadataOf(node: MapNode): MapNode {
  return childMap(node, 'metadata', node.origin);
}

function mergeMetadata(node: MapNode, old: MapNode, name: string): void {
  mergeField(metadataOf(node), metadataOf(old), name, 'as written');
}

function copyMetadata(node: MapNode, old: MapNode, name: string): void {
  const entry = findEntry(metadataOf(old), name);
  if (entry === undefined) removeField(metadataOf(node), name);
  else setField(metadataOf(node), entry.key, cloneNode(entry.value));
}

/** Merges a map of strings; entries of `into` win over those of `old`. */
function mergeField(into: MapNode, old: MapNode, name: string, nulls: NullText): void {
  const merged = new Map<string, MapEntry>();
  for (const source of [getField(old, name), getField(into, name)]) {
    if (source?.kind !== 'map') continue;
    for (const { key, value } of source.entries) {
      merged.set(key.value, rewriteEntry({ key, value: cloneNode(value) }, nulls));
    }
  }
  const entries = [...merged.values()];
  if (entries.length === 0) {
    removeField(into, name);
    return;
  }
  const existing = findEntry(into, name) ?? findEntry(old, name);
  if (existing === undefined) return;
  setField(into, existing.key, { kind: 'map', entries, origin: existing.value.origin });
}

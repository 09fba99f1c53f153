import { getPath, type MapNode, scalarText } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { filledScalar } from '../load/read-field.ts';
import type { Resource } from '../resources/resource.ts';
import { effectiveNamespace, type GroupVersionKind, type ResourceId } from '../resources/resource-id.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import { type GoRegexp, matchWhole } from './go-regexp.ts';
import { matchesLabels, type Requirement } from './label-selector.ts';
import { parseLabelSelector } from './parse-label-selector.ts';

/**
 * The resources that the `target:` of a patch selects: `{group, version, kind, name, namespace, labelSelector,
 * annotationSelector}`, all optional. The first five are regular expressions that have to match the whole text; name and
 * namespace may match either the resource's original ones or its current ones.
 * Throws a BuildError at an invalid pattern or selector. Follows `Select` of kustomize's resmap.
 */
export function selectResources(resources: ResourceSet, selector: MapNode): Resource[] {
  const matchesId = compileIdSelector(selector);
  const matchesMetadata = compileMetadataSelector(selector);
  return resources.toArray().filter((resource) => {
    // Match names first: reading a whole id takes four field accesses.
    const [first] = resource.previousIds;
    if (!matchesId.name(resource.name) && !(first !== undefined && matchesId.name(first.name))) return false;
    const { id, originalId } = resource;
    return (
      (matchesId.namespace(effectiveNamespace(originalId)) || matchesId.namespace(effectiveNamespace(id))) &&
      matchesId.type(id) &&
      matchesMetadata(resource)
    );
  });
}

/** The parts of a selector that match an id, each a regular expression; an absent part matches everything. */
export interface IdSelector {
  readonly name: GoRegexp;
  readonly namespace: GoRegexp;
  type(gvk: GroupVersionKind): boolean;
  matches(id: ResourceId): boolean;
}

/**
 * Compiles `group`, `version`, `kind`, `name` and `namespace` of a selector. Throws a BuildError at an invalid pattern.
 */
export function compileIdSelector(selector: MapNode): IdSelector {
  const part = (field: keyof ResourceId): GoRegexp => {
    const pattern = filledScalar(selector, field);
    return pattern === undefined ? () => true : matchWhole(pattern.value, originSpan(pattern.origin));
  };
  const [group, version, kind] = [part('group'), part('version'), part('kind')];
  const [name, namespace] = [part('name'), part('namespace')];
  const type = (gvk: GroupVersionKind): boolean => group(gvk.group) && version(gvk.version) && kind(gvk.kind);
  return {
    name,
    namespace,
    type,
    matches: (id) => type(id) && name(id.name) && namespace(id.namespace),
  };
}

/** What decides whether an id has the same fields as a selector, as exact text; absent ones match everything. */
export function compileExactSelector(selector: MapNode): (id: ResourceId) => boolean {
  const wanted = idFields.map((field) => [field, filledScalar(selector, field)?.value] as const);
  return (id) =>
    wanted.every(([field, text]) => {
      if (text === undefined) return true;
      return field === 'namespace' ? (id.namespace || 'default') === text : id[field] === text;
    });
}

/** The fields of a selector that match an id. */
export const idFields = [
  'group',
  'version',
  'kind',
  'name',
  'namespace',
] as const satisfies readonly (keyof ResourceId)[];

/**
 * Compiles `labelSelector` and `annotationSelector`. Like kustomize, parses them only for the first resource that
 * matches everything else: an invalid one that is never needed is no error.
 */
export function compileMetadataSelector(selector: MapNode): (resource: Resource) => boolean {
  const labels = compileLabels(selector, 'labelSelector', 'labels');
  const annotations = compileLabels(selector, 'annotationSelector', 'annotations');
  return (resource) => labels(resource) && annotations(resource);
}

function compileLabels(
  selector: MapNode,
  field: string,
  metadata: 'labels' | 'annotations',
): (resource: Resource) => boolean {
  const text = filledScalar(selector, field);
  if (text === undefined) return () => true;
  let requirements: Requirement[] | undefined;
  return (resource) => {
    requirements ??= parseLabelSelector(text);
    return matchesLabels(readStringMap(resource.node, metadata), requirements);
  };
}

/** An object's labels or annotations as text, whatever their types. */
function readStringMap(object: MapNode, field: 'labels' | 'annotations'): Map<string, string> {
  const values = new Map<string, string>();
  const node = getPath(object, ['metadata', field]);
  if (node?.kind !== 'map') return values;
  for (const { key, value } of node.entries) values.set(key.value, scalarText(value));
  return values;
}

import type { Resource } from '../../kustomize/resources/resource.ts';
import { stringValue } from '../../source/json/json-value.ts';
import { childMap, findEntry, getPath, type Node, setField, stringNode } from '../../source/node.ts';
import type { Origin } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';
import type { FluxKustomization } from '../flux-kustomization.ts';

/** The labels by which Flux identifies the Kustomization that owns an object. */
const ownerLabels = ['kustomize.toolkit.fluxcd.io/name', 'kustomize.toolkit.fluxcd.io/namespace'] as const;

/**
 * Sets the metadata that Flux sets on every object that it applies: the owner labels, and the labels and annotations of
 * `spec.commonMetadata`, which win over the object's own.
 */
export function setFluxMetadata(resource: Resource, kustomization: FluxKustomization): void {
  const { name, namespace } = kustomization.object;
  dropUnlessTexts(resource, 'labels');
  for (const [key, field] of [
    [ownerLabels[0], name],
    [ownerLabels[1], namespace],
  ] as const) {
    if (field.value !== undefined) set(resource, 'labels', key, field.value, field.place.at);
  }
  const { labels, annotations } = kustomization.commonMetadata;
  if (labels.size > 0 || annotations.size > 0) dropUnlessTexts(resource, 'annotations');
  for (const [key, { value, place }] of labels) set(resource, 'labels', key, value, place.at);
  for (const [key, { value, place }] of annotations) set(resource, 'annotations', key, value, place.at);
}

/**
 * Flux reads the map as a `map[string]string`. If one value is not a string, such as `version: 1`, it reads nothing, and
 * writes only its own entries.
 */
function dropUnlessTexts({ node }: Resource, where: 'labels' | 'annotations'): void {
  const map = getPath(node, ['metadata', where]);
  if (map?.kind !== 'map') return;
  const isText = (value: Node): boolean => value.kind === 'scalar' && stringValue(value) !== undefined;
  if (!map.entries.every(({ value }) => isText(value))) map.entries = [];
}

function set(
  { node }: Resource,
  where: 'labels' | 'annotations',
  key: string,
  value: string,
  configuredIn: Span,
): void {
  const added: Origin = { kind: 'transformed', by: 'labels', configuredIn, input: undefined };
  const map = childMap(childMap(node, 'metadata', added), where, added);
  const old = findEntry(map, key);
  const origin: Origin = { kind: 'transformed', by: where, configuredIn, input: old?.value.origin };
  setField(map, stringNode(key, origin, 'double'), stringNode(value, origin, 'double'));
}

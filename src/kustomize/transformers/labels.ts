import type { MapNode, ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { type FieldSpec, isSelected } from '../field-specs/field-spec.ts';
import type { Resource } from '../resources/resource.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import type { BuildContext } from '../session/build-context.ts';
import { applyFieldSpecs } from './apply-field-spec.ts';
import { EntrySetter } from './set-entry.ts';

/**
 * Sets labels in every object, in the fields of the specs: those of `commonLabels:`, or of one entry of `labels:`.
 * Absent fields are created if the spec says so. Follows kustomize's LabelTransformer.
 * @param labels the pairs, each value a string
 */
export function addLabels(
  resources: ResourceSet,
  labels: MapNode,
  specs: readonly FieldSpec[],
  context: BuildContext,
): void {
  addPairs(resources, labels, specs, 'labels', context);
}

/** Sets annotations in every object, as {@link addLabels} sets labels. Follows kustomize's AnnotationsTransformer. */
export function addAnnotations(
  resources: ResourceSet,
  annotations: MapNode,
  specs: readonly FieldSpec[],
  context: BuildContext,
): void {
  addPairs(resources, annotations, specs, 'annotations', context);
}

function addPairs(
  resources: ResourceSet,
  pairs: MapNode,
  specs: readonly FieldSpec[],
  by: 'labels' | 'annotations',
  { checkTime }: BuildContext,
): void {
  for (const resource of resources.toArray()) {
    checkTime(originSpan(pairs.origin));
    const id = resource.id;
    const own = specs.filter((spec) => isSelected(id, spec));
    for (const { key, value } of pairs.entries) {
      if (value.kind === 'scalar') addPair(resource, key, value, own, by);
    }
  }
}

function addPair(
  resource: Resource,
  key: ScalarNode,
  value: ScalarNode,
  specs: readonly FieldSpec[],
  by: 'labels' | 'annotations',
): void {
  const setter = new EntrySetter(key, value, by, resource);
  applyFieldSpecs(resource, specs, {
    change: setter.change,
    create: 'map',
    set: (field, spec) => setter.set(field, spec),
  });
}

import type { MapNode, ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { type FieldSpec, isSelected } from '../field-specs/field-spec.ts';
import { hasNotes, makeAnnotations } from '../resources/build-notes.ts';
import type { Resource } from '../resources/resource.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import type { BuildContext } from '../session/build-context.ts';
import { applyFieldSpecs } from './apply-field-spec.ts';
import { EntrySetter } from './set-entry.ts';

/**
 * Sets labels or annotations in every object, in the fields of the specs: those of `commonLabels:`, of one entry of
 * `labels:`, or of `commonAnnotations:`. Absent fields are created if the spec says so. Follows kustomize's
 * LabelTransformer and AnnotationsTransformer.
 * @param pairs the labels or annotations, each value a string
 */
export function addPairs(
  by: 'labels' | 'annotations',
  resources: ResourceSet,
  pairs: MapNode,
  specs: readonly FieldSpec[],
  { checkTime }: BuildContext,
): void {
  for (const resource of resources.toArray()) {
    checkTime(originSpan(pairs.origin));
    const id = resource.id;
    const own = specs.filter((spec) => isSelected(id, spec));
    if (own.some(({ path, create }) => path === 'metadata/annotations' && !create) && hasNotes(resource))
      makeAnnotations(resource.node);
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

import type { ScalarNode } from '../../source/node.ts';
import { type FieldSpec, isSelected } from '../field-specs/field-spec.ts';
import type { GroupVersionKind } from '../resources/resource-id.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import type { BuildContext } from '../session/build-context.ts';
import { applyFieldSpec, wrongKind } from './apply-field-spec.ts';
import { changeConfiguredBy, changeText } from './change.ts';

/** Types whose names have a meaning outside of the tree: the group of a custom resource, an API, a namespace. */
const unrenamedTypes: readonly GroupVersionKind[] = [
  { group: '', version: '', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', version: '', kind: 'APIService' },
  { group: '', version: '', kind: 'Namespace' },
];

/**
 * Adds a prefix or suffix to the fields of the specs, usually `metadata/name`, in every object except
 * CustomResourceDefinitions, APIServices and Namespaces. Stores a renamed resource's affix and previous id.
 * Follows kustomize's PrefixTransformer and SuffixTransformer.
 */
export function addAffix(
  by: 'name prefix' | 'name suffix',
  resources: ResourceSet,
  value: ScalarNode,
  specs: readonly FieldSpec[],
  { checkTime, growth }: BuildContext,
): void {
  const change = changeConfiguredBy(value, by);
  const affix = value.value;
  for (const resource of resources.toArray()) {
    checkTime(change.configuredIn);
    const id = resource.originalId;
    if (unrenamedTypes.some((kept) => isSelected(id, kept))) continue;
    for (const spec of specs) {
      if (!isSelected(id, spec)) continue;
      if (spec.path === 'metadata/name' && affix !== '') {
        (by === 'name prefix' ? resource.prefixes : resource.suffixes).push(affix);
        resource.storePreviousId();
      }
      applyFieldSpec(resource, spec, {
        change,
        create: '!!str',
        set(field) {
          if (field.kind !== 'scalar') throw wrongKind(field, 'a single value', spec.path, resource, change);
          growth.addText(affix.length, change.configuredIn);
          changeText(field, by === 'name prefix' ? affix + field.value : field.value + affix, change);
        },
      });
    }
  }
}

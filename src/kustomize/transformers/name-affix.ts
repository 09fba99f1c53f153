import type { ScalarNode } from '../../source/node.ts';
import { type FieldSpec, isSelected } from '../field-spec.ts';
import type { GroupVersionKind } from '../resource-id.ts';
import type { ResourceSet } from '../resource-set.ts';
import { applyFieldSpec, wrongKind } from './apply-field-spec.ts';
import { changeAskedBy, changeText } from './change.ts';
import { keepId } from './keep-id.ts';

/**
 * Puts a prefix before the name of every object but CustomResourceDefinitions, APIServices and Namespaces, notes it on
 * the resource and keeps the id that it had. Also before what other specs lead to. Follows kustomize's PrefixTransformer.
 */
export function addNamePrefix(resources: ResourceSet, value: ScalarNode, specs: readonly FieldSpec[]): void {
  addAffix(resources, value, specs, 'name prefix');
}

/** Puts a suffix behind names, as {@link addNamePrefix} puts a prefix before them. Follows kustomize's SuffixTransformer. */
export function addNameSuffix(resources: ResourceSet, value: ScalarNode, specs: readonly FieldSpec[]): void {
  addAffix(resources, value, specs, 'name suffix');
}

/** Names that mean something outside of the tree: the group of a custom resource, an API, a namespace. */
const keepTheirNames: readonly GroupVersionKind[] = [
  { group: '', version: '', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', version: '', kind: 'APIService' },
  { group: '', version: '', kind: 'Namespace' },
];

function addAffix(
  resources: ResourceSet,
  value: ScalarNode,
  specs: readonly FieldSpec[],
  by: 'name prefix' | 'name suffix',
): void {
  const change = changeAskedBy(value, by);
  const affix = value.value;
  for (const resource of resources.toArray()) {
    const id = resource.originalId;
    if (keepTheirNames.some((kept) => isSelected(id, kept))) continue;
    for (const spec of specs) {
      if (!isSelected(id, spec)) continue;
      if (spec.path === 'metadata/name' && affix !== '') {
        (by === 'name prefix' ? resource.prefixes : resource.suffixes).push(affix);
        keepId(resource);
      }
      applyFieldSpec(resource, spec, {
        change,
        create: '!!str',
        set(field) {
          if (field.kind !== 'scalar') throw wrongKind(field, 'a plain value', spec.path, resource, change);
          changeText(field, by === 'name prefix' ? affix + field.value : field.value + affix, change);
        },
      });
    }
  }
}

import { getField, type MapNode } from '../../source/node.ts';
import { joinWords } from '../../text/join-words.ts';
import { type FieldSpec, isSelected } from '../field-specs/field-spec.ts';
import { fieldSpan, textField } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';
import type { Resource } from '../resources/resource.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import { applyFieldSpec, wrongKind } from './apply-field-spec.ts';
import { changeConfiguredBy, changeText } from './change.ts';

/**
 * Sets the number of replicas of the objects that have or had a name.
 * Throws a BuildError if the kinds of the specs have no such object. Follows kustomize's ReplicaCountTransformer.
 * @param replica an entry of `replicas:`, `{name, count}`; an absent count is 0
 */
export function setReplicas(resources: ResourceSet, replica: MapNode, specs: readonly FieldSpec[]): void {
  const name = textField(replica, 'name');
  const count = getField(replica, 'count');
  const change = changeConfiguredBy(count ?? replica, 'replicas');
  let found = false;
  for (const spec of specs) {
    for (const resource of resources.toArray().filter((candidate) => hasOrHadName(candidate, name, spec))) {
      found = true;
      applyFieldSpec(resource, spec, {
        change,
        create: '!!int',
        set(field) {
          if (field.kind !== 'scalar') throw wrongKind(field, 'a number', spec.path, resource, change);
          changeText(field, count?.kind === 'scalar' ? count.value : '0', change, '!!int');
        },
      });
    }
  }
  if (!found) throw nothingToScale(name, replica, specs);
}

function hasOrHadName(resource: Resource, name: string, spec: FieldSpec): boolean {
  return [resource.id, ...resource.previousIds].some((id) => id.name === name && isSelected(id, spec));
}

function nothingToScale(name: string, replica: MapNode, specs: readonly FieldSpec[]): BuildError {
  const kinds = [...new Set(specs.map(({ kind }) => kind || 'any kind'))];
  return new BuildError(
    `there is no ${joinWords(kinds, 'or') || 'object'} called \`${name}\` to set replicas of; correct the name or remove this entry`,
    fieldSpan(replica, 'name'),
  );
}

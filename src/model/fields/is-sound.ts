import { oncePer } from '../../collections/once.ts';
import type { Workload } from '../../objects/workload.ts';
import { findEntry, isNull, type MapEntry, type MapNode, type Node, type ScalarTag } from '../../source/node.ts';
import { nameFormatOf, plainName } from './field-formats.ts';
import { fieldsOf, type Shape, typeOf } from './kubernetes-fields.ts';

/**
 * Whether an object has only fields of its kind, each with a value that the field takes, and all those that are required.
 * Almost every object is sound, and the others get a closer look, which needs views of all their values.
 */
export const isSound = oncePer(({ object, view }: Pick<Workload, 'object' | 'view'>): boolean => {
  const type = typeOf(object);
  return (
    type !== undefined &&
    nameFormatOf(type).accepts(object.name.value ?? '', true) &&
    plainName.accepts(object.namespace.value ?? '', true) &&
    view.passes((node) => suits(node, { holds: 'fields', type }))
  );
});

function suits(node: Node, shape: Shape): boolean {
  switch (shape.holds) {
    case 'any':
      return true;
    case 'list':
      return node.kind === 'sequence' && node.items.every((item) => suits(item, shape.of));
    case 'map':
      return node.kind === 'map' && node.entries.every((entry) => isEntryOf(shape, entry));
    case 'fields':
      return node.kind === 'map' && hasFieldsOf(node, shape.type);
    default:
      return (
        node.kind === 'scalar' &&
        ownTags[shape.holds].has(node.tag) &&
        shape.format?.accepts(node.value, node.tag === '!!str') !== false
      );
  }
}

function isEntryOf({ keys, of }: Shape & { holds: 'map' }, { key, value }: MapEntry): boolean {
  return keys?.accepts(key.value, true) !== false && (isNull(value) || suits(value, of));
}

function hasFieldsOf(node: MapNode, type: string): boolean {
  const { shapes, required, choice } = fieldsOf(type);
  for (const { key, value } of node.entries) {
    const shape = shapes.get(key.value);
    if (shape === undefined || !(isNull(value) || suits(value, shape))) return false;
  }
  return (
    required.every((key) => isGiven(node, key)) && (choice.length === 0 || choice.some((key) => isGiven(node, key)))
  );
}

/** Whether a field has a value that is neither null nor empty. */
function isGiven(map: MapNode, key: string): boolean {
  const value = findEntry(map, key)?.value;
  switch (value?.kind) {
    case undefined:
      return false;
    case 'scalar':
      return !isNull(value) && value.value !== '';
    case 'sequence':
      return value.items.length > 0;
    case 'map':
      return true;
  }
}

const ownTags: Readonly<Record<'text' | 'number' | 'boolean' | 'amount', ReadonlySet<ScalarTag>>> = {
  text: new Set(['!!str']),
  number: new Set(['!!int']),
  boolean: new Set(['!!bool']),
  amount: new Set(['!!str', '!!int']),
};

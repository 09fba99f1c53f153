import type { Node, ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { findNearest } from '../../text/find-nearest.ts';
import { describeKind } from '../describe-kind.ts';
import { BuildError } from '../problem.ts';
import type { FieldType, ObjectType } from './field-type.ts';
import { readScalarValue } from './scalar-value.ts';
import type { ShapeRules } from './shape-rules.ts';

/** The error for a field that the type does not have. */
export function unknownField(key: ScalarNode, type: ObjectType, rules: ShapeRules, path: string): BuildError {
  const nearest = findNearest(key.value, Object.keys(type.fields));
  const where = path === '' ? `a ${rules.file} has no field` : `\`${path}\` has no field`;
  const later = type.later?.[key.value];
  const advice =
    later !== undefined
      ? `kustomize has it since ${later}, which kubectl and Flux do not hold yet; remove it, or choose that version (\`--kustomize ${later}\`) if it builds this tree`
      : nearest === undefined
        ? 'remove it'
        : `did you mean \`${nearest}\`?`;
  return new BuildError(`unknown field \`${key.value}\`: ${where} of this name; ${advice}`, originSpan(key.origin));
}

/** The error for a value of the wrong type. */
export function wrongType(node: Node, type: FieldType, rules: ShapeRules, path: string): BuildError {
  const found = describeValue(node, rules);
  const advice = node.kind === 'scalar' ? adviseOnScalar(node.value, type) : '';
  return new BuildError(
    `\`${path}\` must be ${describeType(type)}, but this is ${found}${advice}`,
    originSpan(node.origin),
  );
}

/** How to write what was probably meant. */
function adviseOnScalar(text: string, type: FieldType): string {
  switch (type.kind) {
    case 'string':
      return `; put it in quotes: "${text}"`;
    case 'boolean':
      return '; write true or false without quotes';
    case 'integer':
      return '; write a whole number without quotes';
    case 'list':
      return `; write it as a list: [${text}]`;
    case 'object':
      return Object.hasOwn(type.fields, 'path') ? `; write \`path: ${text}\`` : '';
    case 'map':
    case 'any':
      return '';
  }
}

function describeType(type: FieldType): string {
  switch (type.kind) {
    case 'list':
      return `a list of ${words[type.items.kind].many}`;
    case 'map':
      return `a map of ${words[type.values.kind].many}`;
    default:
      return words[type.kind].one;
  }
}

const words: Readonly<Record<FieldType['kind'], { readonly one: string; readonly many: string }>> = {
  string: { one: 'a string', many: 'strings' },
  boolean: { one: 'a boolean', many: 'booleans' },
  integer: { one: 'a whole number', many: 'whole numbers' },
  list: { one: 'a list', many: 'lists' },
  map: { one: 'a map', many: 'maps' },
  object: { one: 'a map', many: 'maps' },
  any: { one: 'a value', many: 'values' },
};

function describeValue(node: Node, rules: ShapeRules): string {
  if (node.kind !== 'scalar') return describeKind(node.kind);
  const value = readScalarValue(node, rules.scalars);
  return value.kind === 'null' ? 'null' : `the ${value.kind} ${node.value}`;
}

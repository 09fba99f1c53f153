import type { Node, ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { findNearest } from '../../text/find-nearest.ts';
import { BuildError } from '../problem.ts';
import type { FieldType, ObjectType } from './field-type.ts';
import { readScalarValue } from './scalar-value.ts';
import type { ShapeRules } from './shape-rules.ts';

/** The error for a field that the type does not have. */
export function unknownField(key: ScalarNode, type: ObjectType, rules: ShapeRules, path: string): BuildError {
  const nearest = findNearest(key.value, Object.keys(type.fields));
  const where = path === '' ? `a ${rules.file} has no field` : `\`${path}\` has no field`;
  const advice = nearest === undefined ? 'remove it' : `did you mean \`${nearest}\`?`;
  return new BuildError(`unknown field \`${key.value}\`: ${where} of this name; ${advice}`, originSpan(key.origin));
}

/** The error for a key that cannot be converted to a string. */
export function wrongKey(key: ScalarNode): BuildError {
  return new BuildError(`the key \`${key.value}\` must be a string; put it in quotes`, originSpan(key.origin));
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
    case 'embedded':
      return adviseOnScalar(text, type.type);
    case 'map':
    case 'any':
      return '';
  }
}

function describeType(type: FieldType): string {
  switch (type.kind) {
    case 'string':
      return 'a string';
    case 'boolean':
      return 'a boolean';
    case 'integer':
      return 'a whole number';
    case 'list':
      return `a list of ${describePlural(type.items)}`;
    case 'map':
      return `a map of ${describePlural(type.values)}`;
    case 'object':
      return 'a map';
    case 'any':
      return 'a value';
    case 'embedded':
      return describeType(type.type);
  }
}

function describePlural(type: FieldType): string {
  switch (type.kind) {
    case 'string':
      return 'strings';
    case 'boolean':
      return 'booleans';
    case 'integer':
      return 'whole numbers';
    case 'list':
      return 'lists';
    case 'map':
    case 'object':
      return 'maps';
    case 'any':
      return 'values';
    case 'embedded':
      return describePlural(type.type);
  }
}

function describeValue(node: Node, rules: ShapeRules): string {
  switch (node.kind) {
    case 'map':
      return 'a map';
    case 'sequence':
      return 'a list';
    case 'scalar': {
      const value = readScalarValue(node, rules.scalars);
      return value.kind === 'null' ? 'null' : `the ${value.kind} ${node.value}`;
    }
  }
}

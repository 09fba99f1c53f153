import { changeOrigins, cloneNode, type Node, type ScalarNode, type ScalarTag, scalarText } from '../../source/node.ts';
import { type Origin, originSpan, type Step } from '../../source/origin.ts';
import { resolveScalar } from '../../source/scalars/resolve-scalar.ts';
import type { Span } from '../../source/span.ts';
import { BuildError } from '../problem.ts';
import type { Growth } from '../session/growth.ts';
import type { Field } from './find-fields.ts';
import type { FieldOptions } from './read-replacement.ts';

/** The context of writing a value. */
export interface Writing {
  /** The configuration of the change. */
  readonly at: Span;
  /** How many collections contain the field. */
  readonly depth: number;
  readonly growth: Growth;
}

/**
 * Writes a replacement's value into a field and returns the resulting node.
 *
 * A scalar keeps its type and quotes, and only its text is replaced: an integer must get an integer, a string stays a
 * string. With a delimiter, one part of the text is replaced; a negative index prepends the value, and one beyond the
 * end appends it. Maps and lists are replaced as a whole. A new field gets the type that YAML resolves for its text.
 */
export function writeField(
  field: Field,
  value: Node,
  options: FieldOptions,
  { at: configuredIn, depth, growth }: Writing,
): Node {
  const { node } = field;
  if (options.delimiter !== '' && node.kind !== 'scalar') {
    throw new BuildError(
      'only a single value can be split at a delimiter, and this path leads to a map or list; remove the `delimiter`',
      originSpan(options.at),
      [{ at: originSpan(node.origin), note: 'what the path leads to' }],
    );
  }
  if (node.kind === 'scalar') {
    const text = textFor(node, value, options);
    growth.addText(text.length - node.value.length, configuredIn);
    writeText(node, text, field);
    node.origin = replacedOrigin(configuredIn, value.origin, field.isNew ? undefined : node.origin);
    return node;
  }
  growth.addNode(value, depth, configuredIn);
  const copy = cloneNode(value);
  changeOrigins(copy, (origin) => replacedOrigin(configuredIn, origin, undefined));
  copy.origin = replacedOrigin(configuredIn, value.origin, field.isNew ? undefined : node.origin);
  field.replace(copy);
  return copy;
}

/** The text of a scalar once a value is written into it, or into one of its parts. */
export function textFor(node: ScalarNode, value: Node, { delimiter, index }: FieldOptions): string {
  if (delimiter === '') return scalarText(value);
  if (index < 0) return `${scalarText(value)}${delimiter}${node.value}`;
  const parts = node.value.split(delimiter);
  if (index >= parts.length) parts.push(scalarText(value));
  else parts[index] = scalarText(value);
  return parts.join(delimiter);
}

function writeText(node: ScalarNode, text: string, { isNew, inFlow }: Field): void {
  const takesType = isNew || hasNoType(node);
  node.value = text;
  if (!takesType) return;
  node.tag = resolveScalar(text);
  if (text.includes('\n')) node.style = 'literal';
  // A null with this style is an omitted value in a flow collection.
  if (text === '' && inFlow) node.style = 'single';
}

/**
 * Whether the last step that changed a scalar, other than replacements, left it without a type, so that YAML resolves
 * one: a name that is `42` after adding a prefix is a number to kustomize.
 */
function hasNoType({ style, origin }: ScalarNode): boolean {
  return style === 'plain' && leavesNoType(origin);
}

function leavesNoType(origin: Origin): boolean {
  if (origin.kind !== 'transformed') return false;
  return origin.by === 'replacement' ? origin.isUntyped === true : untypedSteps.includes(origin.by);
}

const untypedSteps: readonly Step[] = ['name prefix', 'name suffix', 'image', 'value add'];

/** The origin of a value that a replacement has written. */
export function replacedOrigin(configuredIn: Span, from: Origin, input: Origin | undefined): Origin {
  const origin: Origin = { kind: 'transformed', by: 'replacement', configuredIn, input, from };
  return input !== undefined && leavesNoType(input) ? { ...origin, isUntyped: true } : origin;
}

/** Whether a scalar's text still matches its type; if not, kustomize cannot print the object. */
export function keepsType(node: ScalarNode): boolean {
  return fitsTag(node.tag, resolveScalar(node.value));
}

function fitsTag(tag: ScalarTag, written: ScalarTag): boolean {
  switch (tag) {
    case '!!int':
    case '!!bool':
    case '!!null':
    case '!!timestamp':
      return written === tag;
    case '!!float':
      return written === '!!float' || written === '!!int';
    default:
      return true;
  }
}

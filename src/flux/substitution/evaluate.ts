import { ExpressionError } from './expression-error.ts';
import { applyOperation, hasFallback, longestResult, negativeLength } from './operations.ts';
import { type Expression, type Part, readTemplate } from './template.ts';

/**
 * What is known about a variable: its value; that it is set, but not the value (`unknown`: an encrypted Secret, an
 * object that is not in the tree); or that nothing sets it (`unset`).
 */
export type VariableState = { readonly kind: 'known'; readonly value: string } | { readonly kind: 'unknown' | 'unset' };

export type VariableLookup = (name: string) => VariableState;

export interface EvaluateOptions {
  /** Whether an unset variable without a fallback is an error, as in Flux from 2.9. Before, it is empty. */
  readonly strict: boolean;
  /** How much may still be inserted into texts; reduced by what is inserted. */
  readonly room?: Room;
}

/** A number of characters. Values that use other values many times can grow a short text to any length. */
export interface Room {
  left: number;
}

/** More than the total of all values inserted into the objects of one honest Kustomization. */
export function substitutionRoom(): Room {
  return { left: 10 * 1024 * 1024 };
}

/** A text after substitution. */
export interface Evaluated {
  readonly text: string;
  /** The result of each part, in order. */
  readonly segments: readonly Segment[];
  /** Every use of a variable that nothing sets and that has no fallback, in order. */
  readonly unset: readonly VariableUse[];
}

/** A range of the result, and the range of the input that it comes from. */
export interface Segment {
  /**
   * `copied`: text, the same on both sides. `symbolic`: an expression that stays as written, since its value is
   * unknown.
   */
  readonly kind: 'copied' | 'escape' | 'substituted' | 'symbolic';
  readonly start: number;
  readonly end: number;
  readonly outputStart: number;
  readonly outputEnd: number;
  /** The variables that the value depends on, the expression's own first. */
  readonly variables: readonly string[];
}

/** A use of a variable, as offsets into the text. */
export interface VariableUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Substitutes the variables in a text as Flux's postBuild does. An expression that depends on an unknown variable stays
 * as written, so that equal expressions still compare as equal; so does one with an unset variable if `strict`. Throws
 * an ExpressionError if Flux cannot parse the text.
 */
export function evaluate(text: string, lookup: VariableLookup, options: EvaluateOptions): Evaluated {
  const unset: VariableUse[] = [];
  const room = options.room ?? substitutionRoom();
  const segments: Segment[] = [];
  let output = '';
  for (const part of readTemplate(text)) {
    const { value, kind } = evaluatePart(part, text, lookup, { ...options, room }, unset);
    if (kind === 'substituted') room.left -= value.length;
    if (room.left < 0) throw new ExpressionError('too-long', part.start, part.end);
    segments.push({
      kind,
      start: part.start,
      end: part.end,
      outputStart: output.length,
      outputEnd: output.length + value.length,
      variables: part.kind === 'expression' ? namesIn(part) : [],
    });
    output += value;
  }
  return { text: output, segments, unset };
}

function evaluatePart(
  part: Part,
  text: string,
  lookup: VariableLookup,
  options: Required<EvaluateOptions>,
  unset: VariableUse[],
): { value: string; kind: Segment['kind'] } {
  if (part.kind === 'text') return { value: part.value, kind: 'copied' };
  if (part.kind === 'escape') return { value: '$', kind: 'escape' };
  const value = evaluateExpression(part, lookup, options, unset);
  if (value === undefined) return { value: text.slice(part.start, part.end), kind: 'symbolic' };
  return { value, kind: 'substituted' };
}

/** The value of an expression; undefined if it depends on something unknown. */
function evaluateExpression(
  expression: Expression,
  lookup: VariableLookup,
  options: Required<EvaluateOptions>,
  unset: VariableUse[],
): string | undefined {
  const { name, operator, start, end } = expression;
  const args = expression.args.map((each) =>
    each.kind === 'text' ? each.value : evaluateExpression(each, lookup, options, unset),
  );
  const state = lookup(name);
  if (state.kind === 'unset' && !hasFallback(operator)) {
    unset.push({ name, start, end });
    if (options.strict) return undefined;
  }
  if (state.kind === 'unknown') return undefined;
  const value = state.kind === 'known' ? state.value : '';
  if (hasFallback(operator) && value !== '') return value;
  const known = args.filter((each) => each !== undefined);
  if (known.length < args.length) return undefined;
  if (longestResult(operator, value, known) > options.room.left) throw new ExpressionError('too-long', start, end);
  const result = applyOperation(operator, value, known);
  if (result === negativeLength) throw new ExpressionError('negative-length', start, end);
  return result;
}

/** The variables of an expression and of nested ones, outermost first. */
function namesIn(expression: Expression): string[] {
  return [expression.name, ...expression.args.flatMap((each) => (each.kind === 'text' ? [] : namesIn(each)))];
}

import type { BuildProblem } from '../../kustomize/problem.ts';
import type { Span } from '../../source/span.ts';
import type { Evaluated } from './evaluate.ts';
import type { ExpressionError } from './expression-error.ts';
import { type PrintedObject, spanOfPrinted } from './printed-object.ts';
import { lookUp, type Variables } from './variables.ts';

/** The result of substituting the variables of one object. */
export interface ResourceSubstitution {
  /** Why Flux would refuse the object, and so the whole Kustomization. The object is then unchanged. */
  readonly problems: readonly BuildProblem[];
  /** Uses of variables that nothing sets, without a fallback; unless strict, they became empty. */
  readonly unset: readonly NamedUse[];
  /** Expressions that stay as written, because a variable's value is unknown. */
  readonly unknown: readonly NamedUse[];
}

/** A variable, and the location where it is used. */
export interface NamedUse {
  readonly name: string;
  readonly at: Span;
}

/** Nothing was substituted, and nothing is wrong. */
export const nothing: ResourceSubstitution = { problems: [], unset: [], unknown: [] };

/** The annotation or label that can disable substitution for an object. */
export const substituteKey = 'kustomize.toolkit.fluxcd.io/substitute';

/** The outcome for an object that Flux would refuse. */
export function refusal(message: string, at: Span): ResourceSubstitution {
  return { ...nothing, problems: [{ kind: 'error', message, at, related: [] }] };
}

/** The outcome for an expression that cannot be read. */
export function refuseExpression(
  printed: PrintedObject,
  { message, fault, start, end }: ExpressionError,
  isSecret: boolean,
): ResourceSubstitution {
  const isOurs = fault === 'too-deep' || fault === 'too-long';
  const reader = isOurs ? 'migrate-lint' : "Flux's variable substitution";
  // An unclosed expression may include any part of a value.
  const text = isSecret ? '${…' : printed.text.slice(start, end).replace(/\s+/g, ' ');
  return refusal(
    `${reader} cannot read \`${text}\`: ${message}; write \`$$\` for a dollar sign that is meant ` +
      `for somebody else, or set the annotation \`${substituteKey}: disabled\` on the object`,
    spanOfPrinted(printed, start, end),
  );
}

/** The error for a variable that strict substitution misses. */
export function refuseUnset({ name, at }: NamedUse): BuildProblem {
  const message =
    `nothing sets the variable \`${name}\`, and strict substitution (Flux 2.9 and later) refuses it; set it under ` +
    `\`postBuild.substitute\`, give it a default such as \`\${${name}:=}\`, or write \`$$\` for a dollar sign of its own`;
  return { kind: 'error', message, at, related: [] };
}

/** The outcome for a result that is not YAML, at the last value that was inserted up to the line of the syntax error. */
export function refuseText(
  printed: PrintedObject,
  { text, segments }: Pick<Evaluated, 'text' | 'segments'>,
  offset: number,
  reason: string,
  variables: Variables,
): ResourceSubstitution {
  const changed = segments.filter(({ kind }) => kind === 'substituted');
  const lineEnd = text.indexOf('\n', offset);
  const culprit = changed.findLast(({ outputStart }) => lineEnd < 0 || outputStart <= lineEnd) ?? changed[0];
  const at = spanOfPrinted(printed, culprit?.start ?? 0, culprit?.end ?? 0);
  const isEmpty = culprit !== undefined && culprit.outputStart === culprit.outputEnd;
  const unset = isEmpty ? culprit.variables.find((name) => lookUp(variables, name).kind === 'unset') : undefined;
  const advice =
    unset === undefined ? "put quotes into the variable's value" : `nothing sets the variable \`${unset}\`; set it`;
  return refusal(`after Flux's variable substitution the object is no longer YAML: ${reason}; ${advice}`, at);
}

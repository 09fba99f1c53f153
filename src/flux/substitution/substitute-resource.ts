import type { BuildProblem } from '../../kustomize/problem.ts';
import type { Resource } from '../../kustomize/resources/resource.ts';
import { getText, type Node } from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import { PrintError } from '../../source/print/print-error.ts';
import { readYaml } from '../../source/read.ts';
import { parseInteger, resolveScalar } from '../../source/scalars/resolve-scalar.ts';
import { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { type Evaluated, type EvaluateOptions, evaluate, type Segment } from './evaluate.ts';
import { ExpressionError } from './expression-error.ts';
import { type PrintedObject, printObject, scalarAt } from './printed-object.ts';
import { rebuildObject } from './rebuild-object.ts';
import { spanOfUse } from './use-span.ts';
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

/** The annotation or label that can disable substitution for an object. */
const substituteKey = 'kustomize.toolkit.fluxcd.io/substitute';

/** Whether substitution is disabled for an object. */
function isSubstitutionDisabled({ node }: Resource): boolean {
  return ['annotations', 'labels'].some((where) => getText(node, ['metadata', where, substituteKey]) === 'disabled');
}

/**
 * Substitutes the variables of one built object as Flux does: it prints the whole object, substitutes in the text, and
 * reads the result, so that a value may change its type. Replaces the object's node with one in which changed values
 * have an origin with both the location of the use and that of the variable.
 */
export function substituteResource(
  resource: Resource,
  variables: Variables,
  options: EvaluateOptions,
): ResourceSubstitution {
  if (isSubstitutionDisabled(resource)) return nothing;
  let printed: PrintedObject;
  try {
    printed = printObject(resource.node);
  } catch (error) {
    if (!(error instanceof PrintError)) throw error;
    return refusal(error.message, error.at);
  }
  if (/[0-9]{16}/.test(printed.text)) roundIntegers(resource.node);
  if (!/\$[{$]/.test(printed.text)) return nothing;
  let evaluated: Evaluated;
  try {
    evaluated = evaluate(printed.text, (name) => lookUp(variables, name), options);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return refuseExpression(printed, error, resource.kind === 'Secret');
  }
  const unset = evaluated.unset.map(({ name, start, end }) => ({ name, at: spanOfPrinted(printed, start, end) }));
  if (options.strict && unset.length > 0) return { problems: unset.map(refuseUnset), unset, unknown: [] };
  return { ...putBack(resource, printed, evaluated, variables), unset };
}

/** Rounds integers to 53 bits, since substitution converts all numbers to float64. */
function roundIntegers(node: Node): void {
  if (node.kind === 'sequence') for (const item of node.items) roundIntegers(item);
  else if (node.kind === 'map') for (const { value } of node.entries) roundIntegers(value);
  else if (node.tag === '!!int') {
    const rounded = String(Number(parseInteger(node.value) ?? 0));
    if (Number.isSafeInteger(Number(rounded)) || rounded === node.value) return;
    node.value = rounded;
    node.tag = resolveScalar(rounded);
    const { file, start, end } = originSpan(node.origin);
    node.origin = { kind: 'transformed', by: 'substitution', configuredIn: { file, start, end }, input: node.origin };
  }
}

const nothing: ResourceSubstitution = { problems: [], unset: [], unknown: [] };

function putBack(
  resource: Resource,
  printed: PrintedObject,
  { text, segments }: Evaluated,
  variables: Variables,
): Omit<ResourceSubstitution, 'unset'> {
  const { documents, problems } = readYaml(new SourceFile('<substituted object>', text));
  const root = documents[0]?.root;
  if (problems[0] !== undefined || root?.kind !== 'map') {
    const reason = problems[0]?.message ?? 'it is no map of fields';
    return refuseText(printed, segments, problems[0]?.at.start ?? 0, reason, variables);
  }
  const originOf = (input: Origin, start: number, end: number) =>
    substitutedOrigin(input, printed, inside(segments, start, end), variables);
  const id = resource.id;
  const rebuilt: Node = rebuildObject({ before: resource.node, printed: printed.tree, after: root }, originOf);
  if (rebuilt.kind === 'map') resource.node = rebuilt;
  if (resource.name !== id.name || resource.namespace !== id.namespace) resource.previousIds.push(id);
  const symbolic = segments.filter(({ kind }) => kind === 'symbolic');
  return { problems: [], unknown: symbolic.flatMap((segment) => namedUses(printed, segment, variables)) };
}

function namedUses(
  printed: PrintedObject,
  { start, end, variables: names }: Segment,
  variables: Variables,
): NamedUse[] {
  const unknown = names.filter((name) => lookUp(variables, name).kind === 'unknown');
  return unknown.map((name) => ({ name, at: spanOfPrinted(printed, start, end) }));
}

/** The segments that were substituted in a range of the text, in order. */
function inside(segments: readonly Segment[], start: number, end: number): Segment[] {
  const found: Segment[] = [];
  for (let i = firstFrom(segments, start); i < segments.length; i++) {
    const segment = segments[i];
    if (segment === undefined || segment.start > end) break;
    if (segment.kind === 'substituted' || segment.kind === 'escape') found.push(segment);
  }
  return found;
}

/** The index of the first segment that starts at or after an offset. */
function firstFrom(segments: readonly Segment[], offset: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle]?.start ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An origin with one step for each expression in the value, so that it includes the location of each variable. */
function substitutedOrigin(
  input: Origin,
  printed: PrintedObject,
  segments: readonly Segment[],
  variables: Variables,
): Origin {
  let origin = input;
  for (const segment of segments) {
    const from = segment.variables.map((name) => variables.byName.get(name)?.origin).find((each) => each !== undefined);
    origin = {
      kind: 'transformed',
      by: 'substitution',
      configuredIn: spanOfUse(input, printed.text.slice(segment.start, segment.end)),
      input: origin,
      ...(from === undefined ? {} : { from }),
    };
  }
  return origin;
}

function spanOfPrinted(printed: PrintedObject, start: number, end: number): Span {
  const scalar = scalarAt(printed, start);
  if (scalar === undefined) throw new Error('an object always has a scalar: its kind');
  return spanOfUse(scalar.node.origin, printed.text.slice(start, Math.min(end, Math.max(scalar.end, start))));
}

function refusal(message: string, at: Span): ResourceSubstitution {
  return { ...nothing, problems: [{ kind: 'error', message, at, related: [] }] };
}

function refuseExpression(
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

function refuseUnset({ name, at }: NamedUse): BuildProblem {
  const message =
    `nothing sets the variable \`${name}\`, and strict substitution (Flux 2.9 and later) refuses it; set it under ` +
    `\`postBuild.substitute\`, give it a default such as \`\${${name}:=}\`, or write \`$$\` for a dollar sign of its own`;
  return { kind: 'error', message, at, related: [] };
}

/** The error for a result that is not YAML, at the last value that was inserted before the syntax error. */
function refuseText(
  printed: PrintedObject,
  segments: readonly Segment[],
  offset: number,
  reason: string,
  variables: Variables,
): ResourceSubstitution {
  const changed = segments.filter(({ kind }) => kind === 'substituted');
  const culprit = changed.findLast(({ outputStart }) => outputStart <= offset) ?? changed[0];
  const at = spanOfPrinted(printed, culprit?.start ?? 0, culprit?.end ?? 0);
  const unset = culprit?.variables.find((name) => lookUp(variables, name).kind === 'unset');
  const advice =
    unset === undefined ? "put quotes into the variable's value" : `nothing sets the variable \`${unset}\`; set it`;
  return refusal(`after Flux's variable substitution the object is no longer YAML: ${reason}; ${advice}`, at);
}

import type { Resource } from '../../kustomize/resources/resource.ts';
import { getText, type Node } from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import { PrintError } from '../../source/print/print-error.ts';
import { readYaml } from '../../source/read.ts';
import { parseInteger, resolveScalar } from '../../source/scalars/resolve-scalar.ts';
import { SourceFile } from '../../source/source-file.ts';
import { type Evaluated, type EvaluateOptions, evaluate, type Segment } from './evaluate.ts';
import { ExpressionError } from './expression-error.ts';
import { type PrintedObject, printObject, spanOfPrinted } from './printed-object.ts';
import { rebuildObject } from './rebuild-object.ts';
import { substitutedOrigin } from './substituted-origin.ts';
import {
  type NamedUse,
  nothing,
  type ResourceSubstitution,
  refusal,
  refuseExpression,
  refuseText,
  refuseUnset,
  substituteKey,
} from './substitution-outcome.ts';
import { lookUp, type Variables } from './variables.ts';

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

/** Reads the text with its values back into the object. If it is no object any more, nothing changes. */
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
    return refuseText(printed, { text, segments }, problems[0]?.at.start ?? 0, reason, variables);
  }
  const originOf = (input: Origin, start: number, end: number) =>
    substitutedOrigin(input, { start, end }, printed, segments, variables);
  const id = resource.id;
  const rebuilt: Node = rebuildObject({ before: resource.node, printed: printed.tree, after: root }, originOf);
  if (rebuilt.kind === 'map') resource.node = rebuilt;
  if (resource.name !== id.name || resource.namespace !== id.namespace) resource.previousIds.push(id);
  const symbolic = segments.filter(({ kind }) => kind === 'symbolic');
  return { problems: [], unknown: symbolic.flatMap((segment) => namedUses(printed, segment, variables)) };
}

/** The uses of unknown variables in an expression that stays as written. */
function namedUses(
  printed: PrintedObject,
  { start, end, variables: names }: Segment,
  variables: Variables,
): NamedUse[] {
  const unknown = names.filter((name) => lookUp(variables, name).kind === 'unknown');
  return unknown.map((name) => ({ name, at: spanOfPrinted(printed, start, end) }));
}

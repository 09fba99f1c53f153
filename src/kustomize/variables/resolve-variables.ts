import { isNull, type Node, type ScalarNode, type ScalarTag } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { floatValue, formatG } from '../../source/scalars/go-number.ts';
import { trimEnd } from '../../text/trim-end.ts';
import type { FieldSpec } from '../field-specs/field-spec.ts';
import { BuildError } from '../problem.ts';
import { describeResource } from '../resources/describe-resource.ts';
import type { Resource } from '../resources/resource.ts';
import type { ResourceSet } from '../resources/resource-set.ts';
import type { BuildContext } from '../session/build-context.ts';
import type { Growth } from '../session/growth.ts';
import { applyFieldSpec, wrongKind } from '../transformers/apply-field-spec.ts';
import { type Change, changedOrigin } from '../transformers/change.ts';
import { findVariableSources, findVariableValue, type Variable, type VariableSet } from './variables.ts';

/** The value for `$(NAME)`; undefined if it is not a scalar. */
interface Replacement {
  readonly variable: Variable;
  readonly value: ScalarNode | undefined;
}

/**
 * Replaces `$(NAME)` with the values of the build's `vars` in every field that `varReference` names. A field that
 * consists of one reference takes the value's type too; `$$` is one dollar sign; unknown names are left alone.
 * Throws a BuildError if a variable has no value. Follows kustomize's refvar filter.
 */
export function resolveVariables(
  resources: ResourceSet,
  variables: VariableSet,
  specs: readonly FieldSpec[],
  { growth, checkTime }: BuildContext,
): void {
  const replacements = new Map<string, Replacement>();
  const sources = findVariableSources(resources);
  for (const variable of variables.sorted()) {
    const found = findVariableValue(variable, sources.get(variable.name));
    replacements.set(variable.name, { variable, value: toReplacement(found, variable) });
  }
  if (replacements.size === 0) return;
  for (const resource of resources) {
    checkTime(originSpan(resource.node.origin));
    for (const spec of specs) {
      const change: Change = { by: 'variable', configuredIn: spec.configuredIn ?? originSpan(resource.node.origin) };
      applyFieldSpec(resource, spec, {
        change,
        set: (field) => replaceIn(field, replacements, { resource, spec, change, growth }),
      });
    }
  }
}

interface Place {
  readonly resource: Resource;
  readonly spec: FieldSpec;
  readonly change: Change;
  readonly growth: Growth;
}

/** A copy of the value, since the original may change; undefined for a map or list. */
function toReplacement(found: Node, variable: Variable): ScalarNode | undefined {
  if (found.kind !== 'scalar') return undefined;
  // kustomize uses strconv.Atoi, which fails on octal and hexadecimal numbers.
  if (found.tag === '!!int' && !/^[-+]?\d+$/.test(found.value)) {
    throw new BuildError(
      `the var \`${variable.name}\` takes its value from \`${found.value}\`, but only decimal numbers can be used`,
      originSpan(found.origin),
    );
  }
  return { ...found };
}

function replaceIn(field: Node, replacements: ReadonlyMap<string, Replacement>, place: Place): void {
  if (isNull(field)) return;
  switch (field.kind) {
    case 'scalar':
      if (field.tag === '!!str') replaceScalar(field, replacements, place.growth);
      return;
    case 'map':
      for (const { value } of field.entries) {
        if (value.kind === 'scalar' && value.tag === '!!str') replaceScalar(value, replacements, place.growth);
      }
      return;
    case 'sequence':
      for (const item of field.items) {
        if (item.kind !== 'scalar' || item.tag !== '!!str') throw notAString(item, place);
        replaceScalar(item, replacements, place.growth);
      }
      return;
  }
}

function notAString(item: Node, { resource, spec, change }: Place): BuildError {
  if (item.kind !== 'scalar') return wrongKind(item, 'a string', spec.path, resource, change);
  return new BuildError(
    `vars are replaced in \`${spec.path}\` of ${describeResource(resource)}, so every item must be a string; put quotes around it`,
    originSpan(item.origin),
  );
}

const reference = /\$(?:\$|\(([^)]*)\)|\()/g;

function replaceScalar(node: ScalarNode, replacements: ReadonlyMap<string, Replacement>, growth: Growth): void {
  const used: Replacement[] = [];
  const text = node.value.replace(reference, (written: string, name: string | undefined) => {
    if (written === '$$') return '$';
    const replacement = name === undefined ? undefined : replacements.get(name);
    if (replacement?.value === undefined) return written;
    used.push(replacement);
    const value = formatInText(replacement.value);
    growth.addText(value.length - written.length, originSpan(replacement.variable.entry.origin));
    return value;
  });
  if (text === node.value && used.length === 0) return;
  const [only] = used;
  const old = node.origin;
  if (only?.value !== undefined && node.value === `$(${only.variable.name})`) {
    node.tag = typeOf(only.value);
    node.value = formatAlone(only.value);
    node.style = 'plain';
  } else {
    node.value = text;
  }
  if (only === undefined) return;
  const configuredIn = originSpan(only.variable.entry.origin);
  node.origin = changedOrigin(
    { by: 'variable', configuredIn, ...(only.value === undefined ? {} : { from: only.value.origin }) },
    old,
  );
}

function typeOf({ tag }: ScalarNode): ScalarTag {
  return tag === '!!int' || tag === '!!float' || tag === '!!bool' ? tag : '!!str';
}

/** Formats a value inside a text, as Go's `%v` does. */
function formatInText(node: ScalarNode): string {
  if (node.tag === '!!float') return formatFloat(node, formatG);
  return formatAlone(node);
}

/** Formats a value that is the whole field. */
function formatAlone(node: ScalarNode): string {
  switch (node.tag) {
    case '!!int':
      return BigInt(node.value.replace('+', '')).toString();
    case '!!bool':
      return node.value.toLowerCase();
    case '!!float':
      return formatFloat(node, formatDecimal);
    default:
      return node.value;
  }
}

function formatFloat(node: ScalarNode, format: (value: number) => string): string {
  const value = floatValue(node);
  return value === undefined || !Number.isFinite(value) ? node.value : format(value);
}

/** Formats a float as Go's `strconv.FormatFloat(value, 'f', -1, 64)`: as short as possible, but without an exponent. */
function formatDecimal(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) < 1 ? trimEnd(value.toFixed(100), '0') : BigInt(value).toString();
}

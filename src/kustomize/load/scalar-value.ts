import { bareText, stringValue } from '../../source/json/json-value.ts';
import type { ScalarNode, ScalarTag } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import { formatG } from '../../source/scalars/go-number.ts';
import { parseFloatText, parseInteger, resolveScalar, resolveYaml11 } from '../../source/scalars/resolve-scalar.ts';
import { BuildError, refusePrintErrors } from '../problem.ts';

/** The value of a scalar in terms of JSON. */
export type JsonScalar =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number | bigint }
  | { readonly kind: 'string'; readonly value: string };

/**
 * How the types of a file's scalars are resolved: by YAML 1.1, as go-yaml v2 reads kustomization files, or as in an
 * object that was read and printed by go-yaml v3.
 */
export type ScalarRules = 'yaml 1.1' | 'object';

/** Reads a scalar's value. Throws a BuildError if its text does not match its tag, or JSON cannot hold it. */
export function readScalarValue(node: ScalarNode, rules: ScalarRules): JsonScalar {
  return rules === 'yaml 1.1' ? readYaml11(node) : readPrinted(node);
}

function readYaml11(node: ScalarNode): JsonScalar {
  const explicit = node.style !== 'plain' || node.tag !== resolveScalar(node.value) ? node.tag : undefined;
  const resolved = resolveYaml11(node.value);
  const tag = explicit ?? resolved;
  if (tag === '!!binary') return { kind: 'string', value: Buffer.from(node.value, 'base64').toString('utf8') };
  const goesWith = tag === resolved || (tag === '!!float' && resolved === '!!int');
  switch (tag) {
    case '!!null':
      // An omitted value in a flow collection has a style other than plain.
      if (goesWith || node.value === '') return { kind: 'null' };
      throw mistyped(node, tag);
    case '!!bool':
      if (goesWith) return { kind: 'boolean', value: /^(y|yes|true|on)$/i.test(node.value) };
      throw mistyped(node, tag);
    case '!!int':
    case '!!float':
      if (goesWith) return { kind: 'number', value: readNumber(node.value) };
      throw mistyped(node, tag);
    default:
      return { kind: 'string', value: node.value };
  }
}

/** The value after printing the object, as kustomize does before it passes it to a plugin. */
function readPrinted(node: ScalarNode): JsonScalar {
  return refusePrintErrors(() => {
    const text = stringValue(node);
    if (text !== undefined) return { kind: 'string', value: text };
    const bare = bareText(node, 'json');
    if (bare === 'null') return { kind: 'null' };
    if (bare === 'true' || bare === 'false') return { kind: 'boolean', value: bare === 'true' };
    return { kind: 'number', value: readNumber(bare) };
  });
}

function readNumber(text: string): number | bigint {
  const integer = parseInteger(text, 2);
  if (integer !== undefined) return integer;
  if (/nan$/i.test(text)) return Number.NaN;
  if (/inf$/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return parseFloatText(text) ?? Number(text);
}

function mistyped(node: ScalarNode, tag: ScalarTag): BuildError {
  return new BuildError(
    `\`${node.value}\` is not a valid ${tag}; correct the value or remove the tag`,
    originSpan(node.origin),
  );
}

/** A key as it is in JSON: `n` is a boolean in YAML 1.1, and so becomes `false`. Throws a BuildError if JSON has none. */
export function jsonKey(key: ScalarNode, rules: ScalarRules): string {
  if (key.tag === '!!map' || key.tag === '!!seq') throw wrongKey(key);
  const read = readScalarValue(key, rules);
  switch (read.kind) {
    case 'null':
      throw wrongKey(key);
    case 'boolean':
      return String(read.value);
    case 'number':
      // What Go prints for these, such as `.inf`, is not a string in YAML.
      if (typeof read.value === 'number' && !Number.isFinite(read.value)) throw wrongKey(key);
      return formatNumber(read.value);
    case 'string':
      return read.value;
  }
}

/** The error for a key that cannot be converted to a string. */
function wrongKey(key: ScalarNode): BuildError {
  return new BuildError(`the key \`${key.value}\` must be a string; put it in quotes`, originSpan(key.origin));
}

/**
 * Formats a number as sigs.k8s.io/yaml does when it converts one to a string or key: integers in full, floats with as
 * many digits as a float32 needs.
 */
export function formatNumber(value: number | bigint): string {
  if (typeof value === 'bigint') return value.toString();
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value < 0 ? '-.inf' : '.inf';
  const single = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(single.toPrecision(digits));
    if (Math.fround(rounded) === single) return formatG(rounded);
  }
  return formatG(Number(single.toPrecision(9)));
}

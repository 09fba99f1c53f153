import type { ScalarNode } from '../node.ts';
import { parseFloatText, parseInteger } from './resolve-scalar.ts';

const UINT64_MAX = 2n ** 64n - 1n;
const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** The decimal text of a scalar tagged `!!int`, exact to 64 bits; undefined if it is not an integer. */
export function formatInteger(text: string): string | undefined {
  if (text.length < 16 && isPlainDecimal(text)) return text;
  return parseInteger(text)?.toString();
}

function isPlainDecimal(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first === 0x30) return text.length === 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return text !== '';
}

/**
 * The value of a scalar tagged `!!float`, which may be infinite or NaN; undefined if it is not a number. An integer may
 * have an explicit `!!float` tag if it fits into 63 bits.
 */
export function floatValue(node: ScalarNode): number | undefined {
  switch (node.value.toLowerCase()) {
    case '.nan':
      return Number.NaN;
    case '.inf':
    case '+.inf':
      return Number.POSITIVE_INFINITY;
    case '-.inf':
      return Number.NEGATIVE_INFINITY;
  }
  const integer = parseInteger(node.value);
  if (integer === undefined) return parseFloatText(node.value);
  return integer > INT64_MAX ? undefined : Number(integer);
}

/** Formats a finite number as Go's encoding/json does: with an exponent from `1e21` on, and below `1e-6`. */
export function formatJsonFloat(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return String(value);
}

/**
 * Formats a finite number as kustomize prints it: if its JSON looks like an integer and fits into 64 bits, as that;
 * otherwise like Go's `%g`.
 */
export function formatYamlFloat(value: number): string {
  const text = String(value);
  if (/^-?[0-9]+$/.test(text)) {
    const integer = BigInt(text);
    if (integer >= INT64_MIN && integer <= UINT64_MAX) return integer.toString();
  }
  return formatG(value);
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 64)`. */
export function formatG(value: number): string {
  const [digits = '', exponentText = ''] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

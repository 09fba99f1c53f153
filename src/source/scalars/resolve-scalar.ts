import type { ScalarTag } from '../node.ts';
import { isTimestamp } from './timestamp.ts';

/**
 * The type of a plain text by the rules of go-yaml v3, with which kustomize reads resources: `true`, `null` and `0o17`
 * of YAML 1.2, and `010`, `1_000`, `0b11` and dates of YAML 1.1, but not `yes` or `1:30`. The merge key `<<` is not a
 * string, but has the tag `!!merge`.
 */
export function resolveScalar(text: string): ScalarTag {
  switch (hintOf(text)) {
    case STRING:
      return text === '<<' ? '!!merge' : '!!str';
    case NUMBER:
      return resolveNumber(text, 3);
    default:
      return WORDS.get(text) ?? '!!str';
  }
}

/**
 * The type of a plain text by the rules of go-yaml v2, with which kustomize reads kustomization files and decides what
 * to quote when it prints: `y`, `yes` and `on` are booleans too, and `0o17` is a number only because Go parses it.
 */
export function resolveYaml11(text: string): ScalarTag {
  switch (hintOf(text)) {
    case STRING:
      return '!!str';
    case NUMBER:
      return resolveNumber(text, 2);
    default:
      return WORDS.get(text) ?? (WORDS_OF_1_1.has(text) ? '!!bool' : '!!str');
  }
}

const STRING = 0;
const WORD = 1;
const NUMBER = 2;

/** Hints from the first character, which shows that most texts are strings. */
const HINTS = new Uint8Array(128);
for (const char of '+-.0123456789') HINTS[char.charCodeAt(0)] = NUMBER;
for (const char of 'yYnNtTfFoO~') HINTS[char.charCodeAt(0)] = WORD;

function hintOf(text: string): number {
  if (text === '') return WORD;
  const code = text.charCodeAt(0);
  return code < 128 ? (HINTS[code] as number) : STRING;
}

const WORDS = new Map<string, ScalarTag>([
  ['', '!!null'],
  ['~', '!!null'],
]);
for (const word of ['true', 'True', 'TRUE', 'false', 'False', 'FALSE']) WORDS.set(word, '!!bool');
for (const word of ['null', 'Null', 'NULL']) WORDS.set(word, '!!null');

const WORDS_OF_1_1 = new Set([
  'y',
  'Y',
  'yes',
  'Yes',
  'YES',
  'on',
  'On',
  'ON',
  'n',
  'N',
  'no',
  'No',
  'NO',
  'off',
  'Off',
  'OFF',
]);

const SPECIAL_FLOAT = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const DECIMAL = /^[-+]?[0-9]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

function resolveNumber(text: string, goYaml: 2 | 3): ScalarTag {
  if (SPECIAL_FLOAT.test(text)) return '!!float';
  if (text.charCodeAt(0) === 0x2e) return parseFloatText(text) === undefined ? '!!str' : '!!float';
  if (isTimestamp(text)) return '!!timestamp';
  if (parseInteger(text, goYaml) !== undefined) return '!!int';
  return parseFloatText(text) === undefined ? '!!str' : '!!float';
}

/**
 * Removes underscores, which a number may have anywhere but at its start. Only a text that starts with a point is parsed
 * by Go, which requires a digit on both sides.
 */
function withoutUnderscores(text: string): string {
  if (!text.includes('_') || text.startsWith('_')) return text;
  if (text.startsWith('.') && !/^[^_](?:[^_]|(?<=[0-9])_(?=[0-9]))*$/.test(text)) return text;
  return text.replaceAll('_', '');
}

const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;

/**
 * The value of an integer as go-yaml reads it; undefined if the text is not one, or needs more than 64 bits.
 * @param goYaml the version to follow: v3 accepts a sign as in `0o-17`, v2 only as in `0b-11`
 */
export function parseInteger(text: string, goYaml: 2 | 3 = 3): bigint | undefined {
  const plain = withoutUnderscores(text);
  if (DECIMAL.test(plain)) {
    const digits = plain.replace(/^[-+]/, '');
    if (digits.length === 1 || digits.charCodeAt(0) !== 0x30) return inRange(plain, digits);
    return /^[0-7]+$/.test(digits) ? inRange(plain, `0o${digits}`) : undefined;
  }
  const prefixed = /^[-+]?(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.exec(plain);
  if (prefixed?.[1] !== undefined) return inRange(plain, prefixed[1]);
  const signInside = /^0([bo])([-+])([0-7]+)$/.exec(plain);
  if (signInside === null) return undefined;
  const [, base = '', sign = '', digits = ''] = signInside;
  if (base === 'o' ? goYaml === 2 : /[2-7]/.test(digits)) return undefined;
  return inRange(sign, `0${base}${digits}`);
}

/** A 64-bit integer from its sign and digits: signed if it has a sign, otherwise up to the largest unsigned one. */
function inRange(signed: string, digits: string): bigint | undefined {
  const sign = signed.charAt(0);
  const magnitude = BigInt(digits);
  const value = sign === '-' ? -magnitude : magnitude;
  const largest = sign === '-' || sign === '+' ? UINT64_MAX >> 1n : UINT64_MAX;
  return value >= INT64_MIN && value <= largest ? value : undefined;
}

/** The value of a decimal number with fraction or exponent; undefined if the text is not one, or too large. */
export function parseFloatText(text: string): number | undefined {
  const plain = withoutUnderscores(text);
  if (!FLOAT.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

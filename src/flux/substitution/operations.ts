import { advanceGlob, compileGlob, startGlob } from './glob.ts';
import type { Operator } from './template.ts';

/** Why an operation has no result: a substring of negative length, at which Flux's implementation breaks off. */
export const negativeLength = Symbol('negative length');

/**
 * The value of an expression, from its variable's value (empty where the variable is not set) and its arguments.
 *
 * Follows fluxcd/pkg/envsubst, which differs from a shell: `:+` and `:?` act as `:-`, lengths and positions count
 * bytes of UTF-8, a position that is no number leaves the value alone, `/#` and `/%` do nothing without a
 * replacement.
 */
export function applyOperation(
  operator: Operator,
  value: string,
  args: readonly string[],
): string | typeof negativeLength {
  const [first = '', second] = args;
  switch (operator) {
    case 'length':
      return String(new TextEncoder().encode(value).length);
    case ',':
      return mapFirst(value, toLower);
    case ',,':
      return mapEach(value, toLower);
    case '^':
      return mapFirst(value, toUpper);
    case '^^':
      return mapEach(value, toUpper);
    case ':':
      return substring(value, first, second);
    case '#':
      return removePrefix(value, first, 'shortest');
    case '##':
      return removePrefix(value, first, 'longest');
    case '%':
      return reverse(removePrefix(reverse(value), reverse(first), 'shortest'));
    case '%%':
      return reverse(removePrefix(reverse(value), reverse(first), 'longest'));
    case '/':
      return replaceFirst(value, first, second ?? '');
    case '//':
      return replaceAll(value, first, second ?? '');
    case '/#':
      return second !== undefined && value.startsWith(first) ? second + value.slice(first.length) : value;
    case '/%':
      return second !== undefined && value.endsWith(first)
        ? value.slice(0, value.length - first.length) + second
        : value;
    case '':
    case ':-':
    case ':=':
    case ':?':
    case ':+':
    case '=':
    case ',^':
    case '^,':
      return value === '' ? args.join('') : value;
  }
}

/** A bound on the length of what {@link applyOperation} gives, which may be more than there is memory for. */
export function longestResult(operator: Operator, value: string, args: readonly string[]): number {
  const written = args.reduce((sum, { length }) => sum + length, 0);
  const [old = '', replacement = ''] = args;
  const times = operator === '//' ? value.split(old).length : 1;
  return value.length + written + times * replacement.length;
}

/** The operators that give a value of their own for when the variable is not set; strict substitution lets them be. */
export function hasFallback(operator: Operator): boolean {
  return operator === '=' || operator === ':-' || operator === ':=' || operator === ':?' || operator === ':+';
}

function substring(value: string, position: string, length: string | undefined): string | typeof negativeLength {
  const from = parseInteger(position);
  if (from === undefined) return value;
  const bytes = new TextEncoder().encode(value);
  const start = from < 0 ? Math.max(0, bytes.length + from) : from;
  if (length === undefined) return decode(bytes.slice(start));
  const count = parseInteger(length);
  if (count === undefined) return value;
  if (start + count >= bytes.length) return decode(bytes.slice(start));
  return count < 0 ? negativeLength : decode(bytes.slice(start, start + count));
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** A decimal integer as Go's Atoi takes it: no spaces, at most 64 bits. */
function parseInteger(text: string): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const exact = BigInt(text.replace(/^\+/, ''));
  return exact === BigInt.asIntN(64, exact) ? Number(exact) : undefined;
}

/**
 * Removes the shortest prefix of at least one byte that matches, or the longest. The original cuts at bytes and reads each
 * byte of a character that it cut as the replacement character, which `?` matches.
 */
function removePrefix(value: string, pattern: string, which: 'shortest' | 'longest'): string {
  const terms = compileGlob(pattern);
  if (terms === undefined) return value;
  const bytes = new TextEncoder().encode(value);
  let matched = 0;
  let at = 0;
  let states = startGlob(terms);
  for (const character of value) {
    const width = Buffer.byteLength(character);
    let cut = states;
    for (let size = 1; size <= width; size++) {
      cut = advanceGlob(terms, size < width ? cut : states, size < width ? '\ufffd' : character);
      if (!cut.has(terms.length)) continue;
      matched = at + size;
      if (which === 'shortest') return decode(bytes.slice(matched));
    }
    states = cut;
    at += width;
  }
  return matched === 0 ? value : decode(bytes.slice(matched));
}

function replaceFirst(value: string, old: string, replacement: string): string {
  return value.replace(old, () => replacement);
}

function replaceAll(value: string, old: string, replacement: string): string {
  // Go puts the replacement for an empty pattern between characters, JavaScript between UTF-16 units.
  if (old === '') return [...value, ''].map((character) => replacement + character).join('');
  return value.replaceAll(old, () => replacement);
}

function reverse(text: string): string {
  return [...text].reverse().join('');
}

function mapFirst(text: string, map: (character: string) => string): string {
  const [first = '', ...rest] = [...text];
  return map(first) + rest.join('');
}

function mapEach(text: string, map: (character: string) => string): string {
  return [...text].map(map).join('');
}

/** Go changes each character to one other; a special casing such as that of the sharp s is not for it. */
function toUpper(character: string): string {
  const upper = character.toUpperCase();
  return [...upper].length === 1 ? upper : character;
}

function toLower(character: string): string {
  return [...character.toLowerCase()][0] ?? character;
}

import { advanceGlob, compileGlob, startGlob } from '../../text/glob.ts';
import type { Operator } from './template.ts';

/** The result of a substring with a negative length, on which fluxcd/pkg/envsubst panics before 1.8. */
export const negativeLength = Symbol('negative length');

/**
 * The value of an expression, from its variable's value (empty if the variable is not set) and its arguments.
 *
 * Follows fluxcd/pkg/envsubst, which differs from a shell: `:+` and `:?` work like `:-`, lengths and positions count
 * bytes of UTF-8, a position that is not a number has no effect, and neither do `/#` and `/%` without a replacement.
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

/** An upper bound for the length of the result of {@link applyOperation}, which may not fit into memory. */
export function longestResult(operator: Operator, value: string, args: readonly string[]): number {
  const written = args.reduce((sum, { length }) => sum + length, 0);
  const [old = '', replacement = ''] = args;
  const times = operator === '//' ? value.split(old).length : 1;
  return value.length + written + times * replacement.length;
}

/** Whether an operator has a value for unset variables, which strict substitution then allows. */
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

/** Parses a decimal integer as Go's `strconv.Atoi` does: without spaces, at most 64 bits. */
function parseInteger(text: string): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const exact = BigInt(text.replace(/^\+/, ''));
  return exact === BigInt.asIntN(64, exact) ? Number(exact) : undefined;
}

/**
 * Removes the shortest or longest matching prefix of at least one byte. Flux also cuts inside of characters, and reads
 * each byte of a cut character as the replacement character, which `?` matches.
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
  // For an empty pattern, Go inserts the replacement between characters, JavaScript between UTF-16 units.
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

/** Go maps each character to a single one, and so does not change a sharp s. */
function toUpper(character: string): string {
  const upper = character.toUpperCase();
  return [...upper].length === 1 ? upper : character;
}

function toLower(character: string): string {
  return [...character.toLowerCase()][0] ?? character;
}

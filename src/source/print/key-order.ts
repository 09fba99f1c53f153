/**
 * Compares map keys in the natural order of go-yaml v2 (`keyList.Less`), in which kustomize prints: digits compare as
 * numbers, and letters come after everything else, by code point.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    if (left >= 128 || right >= 128) return compareAt([...a], [...b]);
    const letter = isAsciiLetter(left);
    if (letter !== isAsciiLetter(right)) return letter ? 1 : -1;
    if (letter || (!isAsciiDigit(left) && !isAsciiDigit(right))) return left - right;
    return compareAsciiNumbers(a, b, i);
  }
  return a.length - b.length;
}

function isAsciiLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function isAsciiDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Numbers with more digits may not be exact in JavaScript. */
const EXACT_DIGITS = 14;

/** A faster {@link compareNumbers} for short ASCII numbers; calls that for others. */
function compareAsciiNumbers(a: string, b: string, at: number): number {
  const leftEnd = endOfDigits(a, at);
  const rightEnd = endOfDigits(b, at);
  if (Math.max(leftEnd, rightEnd) - at > EXACT_DIGITS || a.charCodeAt(leftEnd) > 127 || b.charCodeAt(rightEnd) > 127) {
    return compareNumbers([...a], [...b], [...a.slice(0, at)].length);
  }
  const seed = needsSeed(a, b, at) ? '1' : '';
  const left = Number(seed + a.slice(at, leftEnd));
  const right = Number(seed + b.slice(at, rightEnd));
  if (left !== right) return left - right;
  return leftEnd === rightEnd ? a.charCodeAt(at) - b.charCodeAt(at) : leftEnd - rightEnd;
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (isAsciiDigit(text.charCodeAt(end))) end++;
  return end;
}

/** Whether one text has a zero here, after digits that are not all zero, so that the zero counts. */
function needsSeed(a: string, b: string, at: number): boolean {
  if (a[at] !== '0' && b[at] !== '0') return false;
  let before = at - 1;
  while (before >= 0 && a[before] === '0') before--;
  return before >= 0 && DIGIT.test(a[before] ?? '');
}

const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;

/** {@link compareKeys} for texts that first differ at a character beyond ASCII. */
function compareAt(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((char, i) => char !== b[i]);
  const left = a[at];
  const right = b[at];
  if (left === undefined || right === undefined) return a.length - b.length;
  const letter = LETTER.test(left);
  if (letter !== LETTER.test(right)) return letter ? 1 : -1;
  if (letter) return codePoint(left) - codePoint(right);
  return compareNumbers(a, b, at);
}

/** Compares characters of which neither is a letter: by the number that starts here, its length, then the character. */
function compareNumbers(a: readonly string[], b: readonly string[], at: number): number {
  let seed = 0n;
  if (a[at] === '0' || b[at] === '0') {
    for (let before = at - 1; before >= 0 && DIGIT.test(a[before] ?? ''); before--) {
      if (a[before] === '0') continue;
      seed = 1n;
      break;
    }
  }
  const left = numberAt(a, at, seed);
  const right = numberAt(b, at, seed);
  if (left.value !== right.value) return left.value < right.value ? -1 : 1;
  if (left.end !== right.end) return left.end - right.end;
  return codePoint(a[at] ?? '') - codePoint(b[at] ?? '');
}

/**
 * The number at an index, with 64 bits and overflow as in Go, where other scripts' digits count by their distance from
 * `0`.
 */
function numberAt(chars: readonly string[], at: number, seed: bigint): { value: bigint; end: number } {
  let value = seed;
  let end = at;
  for (; end < chars.length && DIGIT.test(chars[end] ?? ''); end++) {
    value = BigInt.asIntN(64, value * 10n + BigInt(codePoint(chars[end] ?? '') - 0x30));
  }
  return { value, end };
}

function codePoint(char: string): number {
  return char.codePointAt(0) ?? 0;
}

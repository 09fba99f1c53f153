/**
 * go-yaml v2's natural order of map keys, by which kustomize prints: digits compare as numbers, letters after
 * everything else. Compares code points.
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
    return compareNumbers([...a], [...b], [...a.slice(0, i)].length);
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

const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;

/** The same for texts that differ at a character beyond ASCII. */
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

/** Compares where neither is a letter: by the number that starts here, then by its length, then by the character. */
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

/** Go computes with 64 bits and lets them overflow; digits of other scripts count by their distance from `0`. */
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

/**
 * The character classes of YAML 1.1, as in go-yaml, for readers that walk a text by code unit.
 * A NUL marks the end of the text; real ones are refused before reading starts.
 */

export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const HASH = 0x23;
export const COLON = 0x3a;

const BLANKZ = 1;
const FLOW = 2;
const COLON_BIT = 4;
const WORD = 8;
const URI = 16;

const CLASSES = new Uint8Array(256);
for (const char of '\0\t\n\r \x85') CLASSES[char.charCodeAt(0)] = BLANKZ;
for (const char of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-') {
  CLASSES[char.charCodeAt(0)] = WORD | URI;
}
for (const char of ";/?:@&=+$,.!~*'()[]%") mark(char, URI);
for (const char of ',?[]{}') mark(char, FLOW);
mark(':', COLON_BIT);

function mark(char: string, bit: number): void {
  const code = char.charCodeAt(0);
  CLASSES[code] = (CLASSES[code] as number) | bit;
}

/** The classes that can end a plain scalar outside and inside a flow collection. */
export const PLAIN_STOP = BLANKZ | COLON_BIT;
export const PLAIN_STOP_IN_FLOW = BLANKZ | COLON_BIT | FLOW;

/** The class bits of a code unit. Those beyond Latin-1 have none, not even line separators: see {@link isBlankOrEnd}. */
export function classOf(code: number): number {
  return code < 256 ? (CLASSES[code] as number) : 0;
}

/** Whether the code unit ends a word: a blank, a line break or the end. */
export function isBlankOrEnd(code: number): boolean {
  return code < 256 ? ((CLASSES[code] as number) & BLANKZ) !== 0 : code === 0x2028 || code === 0x2029;
}

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** YAML 1.1 has five line breaks: LF, CR, NEL, and the line and paragraph separators. */
export function isBreak(code: number): boolean {
  return code === LF || code === CR || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** The breaks that folding lines keeps as they are; all others become a line feed. */
export function isKeptBreak(code: number): boolean {
  return code === 0x2028 || code === 0x2029;
}

export function isBreakOrEnd(code: number): boolean {
  return code === 0 || isBreak(code);
}

/** ASCII letters, digits, `_` and `-`: the characters of anchors, tag handles and directives. */
export function isWord(code: number): boolean {
  return code < 256 && ((CLASSES[code] as number) & WORD) !== 0;
}

/** The characters that a tag can contain without escapes, and the `%` that starts an escape. */
export function isUri(code: number): boolean {
  return code < 256 && ((CLASSES[code] as number) & URI) !== 0;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The value of a hexadecimal digit, or -1. */
export function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

import { Refusal } from '../syntax-problem.ts';
import { hexValue, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isKeptBreak } from './chars.ts';
import type { Cursor } from './cursor.ts';
import { foldBreaks } from './scan-plain.ts';

const DOUBLE = 0x22;
const SINGLE = 0x27;
const BACKSLASH = 0x5c;

/** Scans the quoted scalar at the cursor and returns its text with escapes resolved and lines folded. */
export function scanQuoted(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.pos;
  const quote = text.charCodeAt(start);
  for (let pos = start + 1; ; pos++) {
    const code = text.charCodeAt(pos);
    if (code === quote) {
      if (quote === SINGLE && text.charCodeAt(pos + 1) === SINGLE) break;
      finish(cursor, pos + 1);
      return text.slice(start + 1, pos);
    }
    if (code === BACKSLASH ? quote === DOUBLE : isBreakOrEnd(code)) break;
  }
  return takeSlowly(cursor, quote);
}

/** Scans a scalar with escapes, doubled quotes or line breaks. */
function takeSlowly(cursor: Cursor, quote: number): string {
  const { text } = cursor;
  const start = cursor.pos;
  let value = '';
  cursor.pos++;
  for (;;) {
    if (cursor.atDocumentMarker()) {
      throw new Refusal(
        'unclosed-quote',
        'a quoted text runs into a document marker; close its quote',
        start,
        start + 1,
      );
    }
    let escapedBreak = false;
    let from = cursor.pos;
    for (;;) {
      const code = text.charCodeAt(cursor.pos);
      if (isBlankOrEnd(code)) break;
      if (code === quote) {
        if (quote === DOUBLE || text.charCodeAt(cursor.pos + 1) !== SINGLE) break;
        cursor.pos += 2;
        value += text.slice(from, cursor.pos - 1);
        from = cursor.pos;
      } else if (code === BACKSLASH && quote === DOUBLE) {
        value += text.slice(from, cursor.pos);
        if (isBreak(text.charCodeAt(cursor.pos + 1))) {
          cursor.pos++;
          cursor.takeBreak();
          escapedBreak = true;
          from = cursor.pos;
          break;
        }
        value += takeEscape(cursor);
        from = cursor.pos;
      } else cursor.pos++;
    }
    value += text.slice(from, cursor.pos);
    const code = text.charCodeAt(cursor.pos);
    if (code === quote) break;
    if (code === 0) {
      throw new Refusal('unclosed-quote', 'this quote is never closed', start, start + 1);
    }
    value += takeWhitespace(cursor, escapedBreak);
  }
  finish(cursor, cursor.pos + 1);
  return value;
}

function finish(cursor: Cursor, end: number): void {
  cursor.pos = end;
  cursor.scalarEnd = end;
  cursor.crossedLine = false;
}

/** Scans blanks and breaks inside quotes. Blanks next to a break are dropped, and all of them after an escaped break. */
function takeWhitespace(cursor: Cursor, afterEscapedBreak: boolean): string {
  const { text } = cursor;
  const start = cursor.pos;
  let first = 0;
  let more = '';
  for (;;) {
    const code = text.charCodeAt(cursor.pos);
    if (isBlank(code)) cursor.pos++;
    else if (isBreak(code)) {
      if (first === 0 && !afterEscapedBreak) first = code;
      else more += isKeptBreak(code) ? String.fromCharCode(code) : '\n';
      cursor.takeBreak();
    } else break;
  }
  if (afterEscapedBreak) return more;
  return first === 0 ? text.slice(start, cursor.pos) : foldBreaks(first, more);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Scans the escape at the cursor. go-yaml does not know `\/` of JSON and YAML 1.2. */
function takeEscape(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.pos;
  const char = text.charAt(start + 1);
  const known = ESCAPES[char];
  if (known !== undefined) {
    cursor.pos += 2;
    return known;
  }
  const length = HEX_LENGTHS[char];
  if (length === undefined) {
    throw new Refusal('bad-escape', `\\${char} is not an escape in a double-quoted text`, start, start + 2);
  }
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = hexValue(text.charCodeAt(start + 2 + i));
    if (digit < 0) {
      throw new Refusal('bad-escape', `\\${char} needs ${length} hexadecimal digits`, start, start + 2 + i);
    }
    value = value * 16 + digit;
  }
  const end = start + 2 + length;
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    throw new Refusal('bad-escape', `${text.slice(start, end)} is not a character`, start, end);
  }
  cursor.pos = end;
  return String.fromCodePoint(value);
}

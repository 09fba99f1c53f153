import { Refusal } from '../syntax-problem.ts';
import { HASH, isBlank, isBreak, isBreakOrEnd, isDigit, isKeptBreak, LF, SPACE, TAB } from './chars.ts';
import type { Cursor } from './cursor.ts';
import { TAB_MESSAGE } from './scan-plain.ts';

const PLUS = 0x2b;
const MINUS = 0x2d;
const LITERAL = 0x7c;

/**
 * Scans the literal (`|`) or folded (`>`) scalar at the cursor and returns its text. Sets `cursor.scalarEnd` to the end
 * of the last line with content, before its line break.
 */
export function scanBlock(cursor: Cursor): string {
  const { text } = cursor;
  const literal = text.charCodeAt(cursor.pos) === LITERAL;
  const header = takeHeader(cursor);
  const minimum = Math.max(cursor.indent + 1, 1);
  let indent = header.increment === 0 ? 0 : Math.max(cursor.indent, 0) + header.increment;
  let value = '';
  let firstBreak = '';
  let afterBlank = false;
  const lead = takeIndent(cursor, indent);
  let breaks = lead.breaks;
  if (indent === 0) indent = Math.max(lead.widest, minimum);
  while (cursor.column === indent && text.charCodeAt(cursor.pos) !== 0) {
    const blank = isBlank(text.charCodeAt(cursor.pos));
    const folds = !literal && firstBreak === '\n' && !afterBlank && !blank;
    if (!folds) value += firstBreak;
    else if (breaks === '') value += ' ';
    value += breaks;
    afterBlank = blank;
    const start = cursor.pos;
    cursor.toLineEnd();
    cursor.scalarEnd = cursor.pos;
    value += text.slice(start, cursor.pos);
    firstBreak = takeBreak(cursor);
    breaks = takeIndent(cursor, indent).breaks;
  }
  cursor.crossedLine = true;
  if (header.chomp !== MINUS) value += firstBreak;
  return header.chomp === PLUS ? value + breaks : value;
}

interface Header {
  /** The code of `+` or `-`, or 0. */
  chomp: number;
  increment: number;
}

/** Scans `|` or `>` with its indicators, the comment after it and the line break. */
function takeHeader(cursor: Cursor): Header {
  const { text } = cursor;
  const start = cursor.pos++;
  const header: Header = { chomp: 0, increment: 0 };
  for (let i = 0; i < 2; i++) {
    const code = text.charCodeAt(cursor.pos);
    if ((code === PLUS || code === MINUS) && header.chomp === 0) header.chomp = code;
    else if (isDigit(code) && header.increment === 0) {
      if (code === 0x30) {
        throw new Refusal(
          'bad-block-header',
          'the indentation of a block text must be from 1 to 9',
          start,
          cursor.pos + 1,
        );
      }
      header.increment = code - 0x30;
    } else break;
    cursor.pos++;
  }
  cursor.scalarEnd = cursor.pos;
  while (isBlank(text.charCodeAt(cursor.pos))) cursor.pos++;
  if (text.charCodeAt(cursor.pos) === HASH) cursor.takeComment();
  const code = text.charCodeAt(cursor.pos);
  if (!isBreakOrEnd(code)) {
    const message = 'a block text starts on the line below its | or >; only a comment may follow here';
    throw new Refusal('bad-block-header', message, cursor.pos, cursor.pos + 1);
  }
  if (code !== 0) cursor.takeBreak();
  return header;
}

const SHARED = { breaks: '', widest: 0 };

/**
 * Skips empty lines and the indentation of the line after them, up to `indent` or, if that is 0 for unknown, all of it.
 * The result is a shared object, and only valid until the next call.
 */
function takeIndent(cursor: Cursor, indent: number): { breaks: string; widest: number } {
  const { text } = cursor;
  let breaks = '';
  let widest = 0;
  for (;;) {
    let code = text.charCodeAt(cursor.pos);
    while (code === SPACE && (indent === 0 || cursor.column < indent)) code = text.charCodeAt(++cursor.pos);
    if (cursor.column > widest) widest = cursor.column;
    if (code === TAB && (indent === 0 || cursor.column < indent)) {
      throw new Refusal('tab-indentation', TAB_MESSAGE, cursor.pos, cursor.pos + 1);
    }
    if (!isBreak(code)) break;
    breaks += takeBreak(cursor);
  }
  SHARED.breaks = breaks;
  SHARED.widest = widest;
  return SHARED;
}

/** Skips a line break if there is one, and returns its value. */
function takeBreak(cursor: Cursor): string {
  const code = cursor.text.charCodeAt(cursor.pos);
  if (code === LF) {
    cursor.pos++;
    cursor.lineStart = cursor.pos;
    return '\n';
  }
  if (!isBreak(code)) return '';
  cursor.takeBreak();
  return isKeptBreak(code) ? String.fromCharCode(code) : '\n';
}

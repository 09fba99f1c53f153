import { Refusal } from '../syntax-problem.ts';
import {
  COLON,
  classOf,
  HASH,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isKeptBreak,
  PLAIN_STOP,
  PLAIN_STOP_IN_FLOW,
  TAB,
} from './chars.ts';
import type { Cursor } from './cursor.ts';

/**
 * Scans the plain scalar at the cursor, including further lines that are indented enough, and the blanks and line breaks
 * after it. Returns its text with lines folded, and sets `cursor.scalarEnd` after its last character.
 */
export function scanPlain(cursor: Cursor): string {
  const { text } = cursor;
  const stop = cursor.flowLevel > 0 ? PLAIN_STOP_IN_FLOW : PLAIN_STOP;
  const indent = cursor.indent + 1;
  let from = cursor.pos;
  takeLine(cursor, stop);
  let value = text.slice(from, cursor.scalarEnd);
  cursor.crossedLine = false;
  while (isBreak(text.charCodeAt(cursor.pos))) {
    const breaks = takeBreaks(cursor, indent);
    cursor.crossedLine = true;
    if (cursor.flowLevel === 0 && cursor.column < indent) break;
    if (cursor.atDocumentMarker() || text.charCodeAt(cursor.pos) === HASH) break;
    from = cursor.pos;
    if (endOfWord(text, from, stop) === from) break;
    takeLine(cursor, stop);
    value += breaks + text.slice(from, cursor.scalarEnd);
    cursor.crossedLine = false;
  }
  return value;
}

/** Skips the part of a plain scalar on the current line, and the blanks after it. */
function takeLine(cursor: Cursor, stop: number): void {
  const { text } = cursor;
  let pos = cursor.pos;
  let end: number;
  do {
    end = endOfWord(text, pos, stop);
    pos = end;
    while (isBlank(text.charCodeAt(pos))) pos++;
  } while (pos !== end && text.charCodeAt(pos) !== HASH && endOfWord(text, pos, stop) !== pos);
  cursor.scalarEnd = end;
  cursor.pos = pos;
}

/** The offset of the next character that may end a plain scalar. */
function endOfWord(text: string, from: number, stop: number): number {
  let pos = from;
  for (;;) {
    const code = text.charCodeAt(pos);
    if (code < 256) {
      if ((classOf(code) & stop) !== 0 && (code !== COLON || isBlankOrEnd(text.charCodeAt(pos + 1)))) return pos;
    } else if (isKeptBreak(code)) return pos;
    pos++;
  }
}

/** Skips line breaks, and the blanks between and after them; returns the text that they fold to. */
function takeBreaks(cursor: Cursor, indent: number): string {
  const { text } = cursor;
  const first = text.charCodeAt(cursor.pos);
  cursor.takeBreak();
  let more = '';
  for (;;) {
    const code = text.charCodeAt(cursor.pos);
    if (isBlank(code)) {
      if (code === TAB && cursor.column < indent) {
        throw new Refusal('tab-indentation', TAB_MESSAGE, cursor.pos, cursor.pos + 1);
      }
      cursor.pos++;
    } else if (isBreak(code)) {
      more += isKeptBreak(code) ? String.fromCharCode(code) : '\n';
      cursor.takeBreak();
    } else return foldBreaks(first, more);
  }
}

export const TAB_MESSAGE = 'there is a tab where only spaces may indent; replace it with spaces';

/** Folds a line break and those after it: to a space if it is the only one, otherwise to all but the first. */
export function foldBreaks(first: number, more: string): string {
  if (isKeptBreak(first)) return String.fromCharCode(first) + more;
  return more === '' ? ' ' : more;
}

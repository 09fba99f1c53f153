import { Refusal } from '../syntax-problem.ts';
import { HASH, hexValue, isBlank, isBlankOrEnd, isBreakOrEnd, isDigit, isUri, isWord } from './chars.ts';
import type { Cursor } from './cursor.ts';

const BANG = 0x21;
const PERCENT = 0x25;

/** Scans the anchor (`&name`) or alias (`*name`) at the cursor and returns the name. */
export function scanAnchor(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.pos++;
  takeWord(cursor);
  const name = text.slice(start + 1, cursor.pos);
  const next = text.charCodeAt(cursor.pos);
  if (name === '' || !(isBlankOrEnd(next) || '?:,]}%@`'.includes(String.fromCharCode(next)))) {
    const what = text[start] === '*' ? 'alias' : 'anchor';
    const message = `an ${what} is made of letters, digits, _ and -; quote the value if it only starts like one`;
    throw new Refusal(what === 'alias' ? 'bad-alias' : 'bad-anchor', message, start, cursor.pos + 1);
  }
  return name;
}

/**
 * Scans the tag at the cursor and returns its handle and suffix, separated by a space: `!! str`, `! local`. A verbatim
 * tag has an empty handle: ` tag:example.org,2000:x`.
 */
export function scanTag(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.pos;
  let tag: string;
  if (text[start + 1] === '<') {
    cursor.pos += 2;
    tag = ` ${takeUri(cursor, start, '')}`;
    if (text[cursor.pos] !== '>') throw badTag(cursor, start, 'is missing its >');
    cursor.pos++;
  } else {
    const handle = takeHandle(cursor);
    if (handle.length > 1 && handle.endsWith('!')) tag = `${handle} ${takeUri(cursor, start, '')}`;
    else {
      const suffix = takeUri(cursor, start, handle);
      tag = suffix === '' ? ' !' : `! ${suffix}`;
    }
  }
  if (!isBlankOrEnd(text.charCodeAt(cursor.pos))) throw badTag(cursor, start, 'must be followed by a space');
  return tag;
}

function badTag(cursor: Cursor, start: number, what: string): Refusal {
  const end = Math.max(cursor.pos, start + 1);
  const message = `the tag ${cursor.text.slice(start, end)} ${what}; quote the value if it only starts with !`;
  return new Refusal('bad-tag', message, start, end);
}

function takeWord(cursor: Cursor): void {
  while (isWord(cursor.text.charCodeAt(cursor.pos))) cursor.pos++;
}

/** Scans `!`, `!word` or `!word!`. */
function takeHandle(cursor: Cursor): string {
  const start = cursor.pos++;
  takeWord(cursor);
  if (cursor.text.charCodeAt(cursor.pos) === BANG) cursor.pos++;
  return cursor.text.slice(start, cursor.pos);
}

/** Scans the characters of a tag; `head` is a part that was scanned as a handle but is not one. */
function takeUri(cursor: Cursor, start: number, head: string): string {
  const { text } = cursor;
  const from = cursor.pos;
  let uri = head.slice(1);
  for (;;) {
    const code = text.charCodeAt(cursor.pos);
    if (!isUri(code)) break;
    uri += code === PERCENT ? takeUriEscape(cursor, start) : text[cursor.pos++];
  }
  if (head === '' && cursor.pos === from) throw badTag(cursor, start, 'is incomplete');
  return uri;
}

/** Scans the percent-encoded bytes of one character. */
function takeUriEscape(cursor: Cursor, start: number): string {
  const { text } = cursor;
  const bytes: number[] = [];
  let length = 1;
  while (bytes.length < length) {
    const high = hexValue(text.charCodeAt(cursor.pos + 1));
    const low = hexValue(text.charCodeAt(cursor.pos + 2));
    if (text.charCodeAt(cursor.pos) !== PERCENT || high < 0 || low < 0)
      throw badTag(cursor, start, 'has a bad % escape');
    const byte = high * 16 + low;
    if (bytes.length === 0) length = utf8Length(byte);
    if (length === 0 || (bytes.length > 0 && byte >> 6 !== 2)) throw badTag(cursor, start, 'has a bad % escape');
    bytes.push(byte);
    cursor.pos += 3;
  }
  return Buffer.from(bytes).toString('utf8');
}

function utf8Length(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >> 5 === 6) return 2;
  if (byte >> 4 === 14) return 3;
  return byte >> 3 === 30 ? 4 : 0;
}

/**
 * Scans the line of the directive at the cursor. Returns `%YAML 1.1` as `1.1`, and `%TAG !e! prefix` as `!e! prefix`.
 */
export function scanDirective(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.pos++;
  takeWord(cursor);
  const name = text.slice(start + 1, cursor.pos);
  if ((name !== 'YAML' && name !== 'TAG') || !isBlankOrEnd(text.charCodeAt(cursor.pos))) {
    throw new Refusal(
      'bad-directive',
      'a line that starts with % is a directive, and there is none of this name',
      start,
      cursor.pos,
    );
  }
  takeBlanks(cursor);
  const value = name === 'YAML' ? takeVersion(cursor, start) : takeTagDirective(cursor, start);
  takeBlanks(cursor);
  if (text.charCodeAt(cursor.pos) === HASH) cursor.takeComment();
  const code = text.charCodeAt(cursor.pos);
  if (!isBreakOrEnd(code)) throw badDirective(cursor, start);
  if (code !== 0) cursor.takeBreak();
  return value;
}

function badDirective(cursor: Cursor, start: number): Refusal {
  return new Refusal('bad-directive', 'a directive must read %YAML 1.1 or %TAG !handle! prefix', start, cursor.pos);
}

function takeBlanks(cursor: Cursor): void {
  while (isBlank(cursor.text.charCodeAt(cursor.pos))) cursor.pos++;
}

function takeVersion(cursor: Cursor, start: number): string {
  const major = takeNumber(cursor, start);
  if (cursor.text[cursor.pos] !== '.') throw badDirective(cursor, start);
  cursor.pos++;
  return `${major}.${takeNumber(cursor, start)}`;
}

function takeNumber(cursor: Cursor, start: number): number {
  const from = cursor.pos;
  while (isDigit(cursor.text.charCodeAt(cursor.pos))) cursor.pos++;
  const digits = cursor.text.slice(from, cursor.pos);
  if (digits.length === 0 || digits.length > 2) throw badDirective(cursor, start);
  return Number(digits);
}

function takeTagDirective(cursor: Cursor, start: number): string {
  const { text } = cursor;
  if (text.charCodeAt(cursor.pos) !== BANG) throw badDirective(cursor, start);
  const handle = takeHandle(cursor);
  if ((handle !== '!' && !handle.endsWith('!')) || !isBlank(text.charCodeAt(cursor.pos))) {
    throw badDirective(cursor, start);
  }
  takeBlanks(cursor);
  const prefix = takeUri(cursor, start, '');
  if (!isBlankOrEnd(text.charCodeAt(cursor.pos))) throw badDirective(cursor, start);
  return `${handle} ${prefix}`;
}

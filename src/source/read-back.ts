import { jsonString } from './json-string.ts';
import type { ScalarNode } from './node.ts';
import { PrintError } from './print-error.ts';

/** Finds at once that a text is short and has nothing in it that the JSON would change. */
const ORDINARY = /^[\0-~\xa0-\ufffd]{0,170}$/;
const UNPRINTABLE = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/;
const NEXT_LINE = '\x85';
/** JSON keys longer than this, with quotes and escapes, are no keys to go-yaml. */
const LONGEST_KEY = 1024;

/**
 * What becomes of a text when kustomize reads an object's JSON with go-yaml v2, which is no JSON parser, to print it.
 * @throws PrintError where that fails
 */
export function readBack(node: ScalarNode, text: string, isKey: boolean): string {
  if (ORDINARY.test(text)) return text;
  const bad = UNPRINTABLE.exec(text);
  if (bad !== null) {
    const code = bad[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new PrintError(`the character U+${code} in this text cannot be printed; remove it`, node.origin);
  }
  if (isKey && (text.includes(NEXT_LINE) || [...jsonString(text)].length > LONGEST_KEY)) {
    throw new PrintError('a key that has more than one line or 1024 characters cannot be printed', node.origin);
  }
  if (!text.includes(NEXT_LINE)) return text;
  if (/\x85(?:---|\.\.\.)[ \x85]/.test(text)) {
    throw new PrintError('--- or ... behind a line break of the kind NEL (U+0085) cannot be printed', node.origin);
  }
  return foldNextLines(text);
}

/** A NEL stands in the JSON as it is, and so is a line break to be folded with the spaces around it. */
function foldNextLines(text: string): string {
  const lines = text.split(NEXT_LINE);
  let folded = '';
  let breaks = 0;
  lines.forEach((line, i) => {
    const start = i === 0 ? 0 : line.length - trimStart(line).length;
    const end = i === lines.length - 1 ? line.length : trimEnd(line);
    if (i > 0) breaks++;
    if (start >= end && i > 0 && i < lines.length - 1) return;
    if (i > 0) folded += breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
    breaks = 0;
    folded += line.slice(start, end);
  });
  return folded;
}

function trimStart(line: string): string {
  return line.replace(/^ +/, '');
}

/** Where the spaces at the end of a line start. A regular expression would take quadratic time. */
function trimEnd(line: string): number {
  let end = line.length;
  while (end > 0 && line.charCodeAt(end - 1) === 0x20) end--;
  return end;
}

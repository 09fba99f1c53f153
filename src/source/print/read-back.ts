import { trimEnd } from '../../text/trim-end.ts';
import { jsonString } from '../json/json-string.ts';
import type { ScalarNode } from '../node.ts';
import { PrintError } from './print-error.ts';

/** A fast test for short texts without characters that JSON would change. */
const ORDINARY = /^[\0-~\xa0-\ufffd]{0,170}$/;
const UNPRINTABLE = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/;
const NEXT_LINE = '\x85';
/** The longest JSON key, with quotes and escapes, that go-yaml reads as a key. */
const LONGEST_KEY = 1024;

/**
 * The text after kustomize has read an object's JSON with go-yaml v2, which is not a JSON parser, in order to print it.
 * Throws a PrintError if go-yaml fails.
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
    throw new PrintError('--- or ... after a line break of the kind NEL (U+0085) cannot be printed', node.origin);
  }
  return foldNextLines(text);
}

/** JSON does not escape a NEL, so go-yaml folds it, with the spaces around it, as a line break. */
function foldNextLines(text: string): string {
  const lines = text.split(NEXT_LINE);
  let folded = '';
  let breaks = 0;
  lines.forEach((line, i) => {
    const start = i === 0 ? 0 : line.length - line.replace(/^ +/, '').length;
    const end = i === lines.length - 1 ? line.length : trimEnd(line, ' ').length;
    if (i > 0) breaks++;
    if (start >= end && i > 0 && i < lines.length - 1) return;
    if (i > 0) folded += breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
    breaks = 0;
    folded += line.slice(start, end);
  });
  return folded;
}

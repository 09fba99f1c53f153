import type { Span } from '../source/span.ts';
import type { Edit } from './edit.ts';
import { startOfLine } from './layout.ts';

/** Removes the lines that a span touches and, if there are blank lines on both sides, one of these. */
export function removeLines({ file, start, end }: Span): Edit {
  const { text } = file;
  const from = startOfLine(text, start);
  const lineBreak = text.indexOf('\n', end);
  const to = lineBreak < 0 ? text.length : lineBreak + 1;
  const blankBefore = /(?:^|\n)[ \t]*\r?\n$/.exec(text.slice(0, from))?.[0] ?? '';
  const isBlankBehind = /^[ \t]*(?:\r?\n|$)/.test(text.slice(to));
  const blank = blankBefore.replace(/^\n/, '').length;
  return { file, start: isBlankBehind ? from - blank : from, end: to, text: '' };
}

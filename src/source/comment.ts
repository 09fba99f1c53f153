import { isBlank } from './scan/chars.ts';
import type { SourceFile } from './source-file.ts';
import type { Span } from './span.ts';

/** A comment, from its `#` to the end of the line. */
export interface Comment {
  readonly at: Span;
  /** Whether only blanks precede it on its line. */
  readonly alone: boolean;
}

/** Turns pairs of offsets into comments, sorted and without duplicates. */
export function toComments(file: SourceFile, offsets: readonly number[]): Comment[] {
  const ends = new Map<number, number>();
  for (let i = 0; i + 1 < offsets.length; i += 2) ends.set(offsets[i] as number, offsets[i + 1] as number);
  return [...ends]
    .sort(([a], [b]) => a - b)
    .map(([start, end]) => ({ at: { file, start, end }, alone: startsLine(file.text, start) }));
}

function startsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && isBlank(text.charCodeAt(before))) before--;
  return before < 0 || text[before] === '\n' || text[before] === '\r' || text[before] === '\ufeff';
}

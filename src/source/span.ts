import type { SourceFile } from './source-file.ts';

/** A range in a file: half-open offsets in UTF-16 code units. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Whether two spans are the same range of the same file. */
export function sameSpan(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}

/** A text that is the same for equal spans only, as the key of a map. */
export function spanKey({ file, start, end }: Span): string {
  return `${start}-${end} ${file.path}`;
}

/** Whether a span is inside another one, or equal to it. */
export function isWithinSpan(inner: Span, outer: Span): boolean {
  return inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;
}

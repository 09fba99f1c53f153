import type { SourceFile } from './source-file.ts';

/** A stretch of one file: half-open offsets in UTF-16 code units. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

import type { SourceFile } from '../source/source-file.ts';

/** A range of a file and the text that replaces it. Offsets count in the file's text; the end is exclusive. */
export interface Edit {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A file to create. */
export interface NewFile {
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
}

/** Whether two edits of one file conflict. Two at the same offset do, because their order would be a guess. */
export function overlap(a: Edit, b: Edit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}

/** Applies edits that do not overlap to a file's text. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

import type { SourceFile } from '../source/source-file.ts';

/** A stretch of one file and the text that takes its place; offsets count in the file's text, half-open. */
export interface Edit {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A file that is to be made. */
export interface NewFile {
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
}

/** Whether two edits of one file touch each other. Two that begin at the same offset do: which goes first would be a guess. */
export function overlap(a: Edit, b: Edit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}

/** A file's text with edits made that do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

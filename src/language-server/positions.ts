import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { Location, Position, Range } from './protocol.ts';

/** A span as the protocol counts: lines and UTF-16 code units, both from 0. */
export function rangeOf({ file, start, end }: Span): Range {
  return { start: positionOf(file, start), end: positionOf(file, end) };
}

function positionOf(file: SourceFile, offset: number): Position {
  const { line, column } = file.position(offset);
  return { line: line - 1, character: column - 1 };
}

/** A span with the URI of its file. */
export function locationOf(span: Span, uriOf: (path: string) => string): Location {
  return { uri: uriOf(span.file.path), range: rangeOf(span) };
}

/** Whether two ranges of a document overlap, or one ends where the other starts. */
export function rangesTouch(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

/** Whether two ranges are the same. */
export function sameRange(a: Range, b: Range): boolean {
  return isSame(a.start, b.start) && isSame(a.end, b.end);
}

function isSame(a: Position, b: Position): boolean {
  return a.line === b.line && a.character === b.character;
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

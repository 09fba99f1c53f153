import { pushAll } from '../collections/push-all.ts';
import type { Severity } from '../findings/finding.ts';
import type { SecretPlaces } from '../lint/secrets/secret-places.ts';
import type { Related } from '../source/related.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import { displayPath } from './display-path.ts';
import { escapeText } from './escape-text.ts';
import type { Paint } from './paint.ts';
import { type LineRange, type ShownLine, showLine } from './source-line.ts';

/** The places to show: a primary one, and related ones with notes. */
export interface FrameSubject {
  readonly severity: Severity;
  readonly at: Span;
  readonly related: readonly Related[];
}

/** The style of frames. */
export interface FrameStyle {
  /** The folder that paths are shown relative to. */
  readonly base: string;
  readonly paint: Paint;
  readonly secrets: SecretPlaces;
  /** The maximal width of a source line; longer ones are cut. */
  readonly width: number;
}

/** A drawn frame, and its gutter as spaces, to align the notes below it. */
export interface Frame {
  readonly gutter: string;
  readonly lines: readonly string[];
}

/** The part of a span on its first line, with its notes. */
interface Mark {
  readonly line: number;
  readonly range: LineRange;
  readonly primary: boolean;
  readonly notes: readonly string[];
}

/** A frame that is being drawn. */
interface Drawing extends FrameStyle {
  readonly gutter: string;
  readonly severity: Severity;
}

/**
 * Draws the source lines of a finding as compilers do: first the primary file, then the files of related places. Each line
 * appears once, with its spans underlined (`^` for the primary one, `-` for the others) and their notes.
 */
export function drawFrame(subject: FrameSubject, style: FrameStyle): Frame {
  const files = markFiles(subject);
  const lastLine = [...files.values()].flat().reduce((last, { line }) => Math.max(last, line), 0);
  const gutter = ' '.repeat(String(lastLine).length);
  const drawing: Drawing = { ...style, gutter, severity: subject.severity };
  const lines: string[] = [];
  for (const [file, marks] of files) {
    const isFirst = lines.length === 0;
    if (!isFirst) lines.push(style.paint.gutter(`${gutter} |`));
    const head = marks.find((mark) => mark.primary) ?? marks[0];
    if (head === undefined) continue;
    const place = `${escapeText(displayPath(file.path, style.base))}:${head.line}:${head.range.start + 1}`;
    lines.push(`${style.paint.gutter(`${gutter}${isFirst ? '-->' : ':::'}`)} ${place}`);
    pushAll(lines, drawFile(file, marks, drawing));
  }
  return { gutter, lines };
}

function drawFile(file: SourceFile, marks: readonly Mark[], drawing: Drawing): string[] {
  if (file.text === '') return [];
  const { paint, gutter } = drawing;
  const lines = [paint.gutter(`${gutter} |`)];
  const numbers = [...new Set(marks.map((mark) => mark.line))].sort((a, b) => a - b);
  let previous = findContext(file, numbers[0] ?? 1);
  if (previous !== undefined) lines.push(drawSourceLine(file, previous, drawing));
  for (const number of numbers) {
    if (previous !== undefined && number === previous + 2) lines.push(drawSourceLine(file, previous + 1, drawing));
    else if (previous !== undefined && number > previous + 1) lines.push(paint.gutter('...'));
    pushAll(lines, drawMarkedLine(file, number, marks, drawing));
    previous = number;
  }
  return lines;
}

/** For a mark on a blank line, the nearest line above it with text, to show as context. */
function findContext(file: SourceFile, number: number): number | undefined {
  if (file.line(number).trim() !== '') return undefined;
  let before = number - 1;
  while (before > 0 && file.line(before).trim() === '') before--;
  return before > 0 ? before : undefined;
}

function drawMarkedLine(file: SourceFile, number: number, all: readonly Mark[], drawing: Drawing): string[] {
  const { gutter, severity } = drawing;
  const marks = all.filter((mark) => mark.line === number).sort(primaryFirst);
  const shown = prepareLine(file, number, marks[0]?.range ?? { start: 0, end: 0 }, drawing);
  const lines = [joinGutter(String(number).padStart(gutter.length), shown.text, drawing)];
  for (const { range, primary, notes } of marks) {
    const { start, end } = shown.locate(range);
    const underline = (primary ? '^' : '-').repeat(end - start);
    const paint = (text: string) => (primary ? drawing.paint.severity(severity, text) : drawing.paint.related(text));
    const [note, ...more] = notes.map(escapeText);
    lines.push(joinGutter(gutter, ' '.repeat(start) + paint(note ? `${underline} ${note}` : underline), drawing));
    for (const text of more) lines.push(joinGutter(gutter, ' '.repeat(end + 1) + paint(text), drawing));
  }
  return lines;
}

function drawSourceLine(file: SourceFile, number: number, drawing: Drawing): string {
  const { text } = prepareLine(file, number, { start: 0, end: 0 }, drawing);
  return joinGutter(String(number).padStart(drawing.gutter.length), text, drawing);
}

function joinGutter(gutter: string, text: string, { paint }: FrameStyle): string {
  const bar = paint.gutter(`${gutter} |`);
  return text.trimEnd() === '' ? bar : `${bar} ${text.trimEnd()}`;
}

function prepareLine(file: SourceFile, number: number, focus: LineRange, style: FrameStyle): ShownLine {
  const text = file.line(number);
  const start = file.lineStarts[number - 1] ?? 0;
  const masked = style.secrets
    .within(file)
    .map((secret) => ({ start: Math.max(0, secret.start - start), end: Math.min(text.length, secret.end - start) }))
    .filter((range) => range.start < range.end)
    .map((range) => skipIndentation(text, range));
  return showLine(text, focus, masked, style.width);
}

/** Excludes the indentation of a block scalar's line from the mask. */
function skipIndentation(text: string, { start, end }: LineRange): LineRange {
  const indentation = text.slice(start, end).search(/\S/);
  return { start: indentation > 0 ? start + indentation : start, end };
}

function primaryFirst(a: Mark, b: Mark): number {
  if (a.primary !== b.primary) return a.primary ? -1 : 1;
  return a.range.start - b.range.start || a.range.end - b.range.end;
}

/** The marks by file, in order of appearance. Marks of the same range are merged. */
function markFiles({ at, related }: FrameSubject): Map<SourceFile, Mark[]> {
  const files = new Map<SourceFile, Mark[]>();
  addMark(files, { at, primary: true, notes: [] });
  for (const other of related) addMark(files, { at: other.at, primary: false, notes: [other.note] });
  return files;
}

function addMark(
  files: Map<SourceFile, Mark[]>,
  { at, primary, notes }: Pick<Mark, 'primary' | 'notes'> & { readonly at: Span },
): void {
  const marks = files.get(at.file) ?? [];
  files.set(at.file, marks);
  const { line, range } = clipToFirstLine(at);
  const same = marks.findIndex((mark) => mark.line === line && sameRange(mark.range, range));
  const known = marks[same];
  if (known === undefined) marks.push({ line, range, primary, notes });
  else if (notes.some((text) => !known.notes.includes(text)))
    marks[same] = { ...known, notes: [...known.notes, ...notes] };
}

function sameRange(a: LineRange, b: LineRange): boolean {
  return a.start === b.start && a.end === b.end;
}

/** Clips a span to its first line, the only one that is underlined. */
function clipToFirstLine({ file, start, end }: Span): { line: number; range: LineRange } {
  const { line, column } = file.position(start);
  const length = file.line(line).length;
  const first = column - 1;
  return { line, range: { start: first, end: Math.max(first, Math.min(length, first + (end - start))) } };
}

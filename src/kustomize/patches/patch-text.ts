import { type Node, type ScalarNode, withOrigin } from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { BuildError } from '../problem.ts';

/** The text of a patch, and where it stands: a file of its own, or a scalar of a kustomization file. */
export interface PatchText {
  /** What is parsed: the file itself, or the scalar's text as if it were a file. */
  readonly file: SourceFile;
  /** Where the patch is asked for: its path's scalar, or the scalar that holds it. */
  readonly at: Span;
  /** The real place of a span of `file`. */
  locate(span: Span): Span;
}

/** A patch that has a file of its own. */
export function patchFile(file: SourceFile, at: Span): PatchText {
  return { file, at, locate: (span) => span };
}

/**
 * A patch that is written into a kustomization file. For a block of literal text, and for text on one line without
 * escapes or with those of JSON, places inside point to where they really are; for anything else to the scalar as a whole.
 */
export function inlinePatch(scalar: ScalarNode, text: string = scalar.value): PatchText {
  if (text !== scalar.value) return locatePatch(scalar, text);
  let known = locatedBefore.get(scalar);
  if (known === undefined) {
    known = locatePatch(scalar, text);
    locatedBefore.set(scalar, known);
  }
  return known;
}

/** A component's patches are asked for again in each build that includes it. */
const locatedBefore = new WeakMap<ScalarNode, PatchText>();

function locatePatch(scalar: ScalarNode, text: string): PatchText {
  const at = originSpan(scalar.origin);
  const trimmed = text.trim();
  const file = new SourceFile(at.file.path, trimmed);
  const skipped = text.indexOf(trimmed);
  const map =
    scalar.origin.kind === 'source'
      ? (mapBlock(scalar, at) ?? mapLine(scalar, at) ?? mapEscaped(scalar, at))
      : undefined;
  if (map === undefined) return { file, at, locate: () => at };
  return {
    file,
    at,
    locate: (span) => ({ file: at.file, start: map(span.start + skipped), end: map(span.end + skipped) }),
  };
}

type OffsetMap = (offset: number) => number;

/** A literal block: its lines are the file's lines without their indentation. Undefined where they are not. */
function mapBlock(scalar: ScalarNode, at: Span): OffsetMap | undefined {
  if (scalar.style !== 'literal' && scalar.style !== 'folded') return undefined;
  const inner = new SourceFile(at.file.path, scalar.value);
  const header = at.file.position(at.start).line;
  const starts = inner.lineStarts;
  const lines = starts.map((_, i) => inner.line(i + 1));
  const sample = lines.findIndex((line) => line.trim() !== '');
  const indent = at.file.line(header + 1 + sample).length - (lines[sample] ?? '').length;
  const agrees = lines.every((line, i) => {
    const written = at.file.line(header + 1 + i);
    return line === '' ? written.trim() === '' || i === lines.length - 1 : written.slice(indent) === line;
  });
  if (!agrees || indent < 0) return undefined;
  return (offset) => {
    const { line, column } = inner.position(offset);
    const start = at.file.lineStarts[header + line - 1];
    return start === undefined ? at.end : Math.min(start + indent + column - 1, at.end);
  };
}

/** Text that stands in the file as it is: plain, or quoted without escapes, on one line. */
function mapLine(scalar: ScalarNode, at: Span): OffsetMap | undefined {
  const start = at.file.text.slice(at.start, at.end).indexOf(scalar.value);
  return start < 0 || scalar.value === '' ? undefined : (offset) => at.start + start + offset;
}

/** Double-quoted text with the escapes of JSON, as tools write it. Undefined where the file has others. */
function mapEscaped({ value }: ScalarNode, at: Span): OffsetMap | undefined {
  const quoted = JSON.stringify(value);
  if (at.file.text.slice(at.start, at.end) !== quoted) return undefined;
  const starts: number[] = [];
  let start = at.start + 1;
  for (const character of value) {
    // A character beyond the basic plane takes two offsets.
    for (let unit = 0; unit < character.length; unit++) starts.push(start);
    start += JSON.stringify(character).length - 2;
  }
  return (offset) => starts[offset] ?? start;
}

/** Moves the origins of freshly parsed nodes to their real places. */
export function relocate(node: Node, text: PatchText): void {
  node.origin = realOrigin(node.origin, text);
  if (node.kind === 'sequence') for (const item of node.items) relocate(item, text);
  if (node.kind !== 'map') return;
  for (const entry of node.entries) {
    entry.key = withOrigin(entry.key, realOrigin(entry.key.origin, text));
    relocate(entry.value, text);
  }
}

function realOrigin(origin: Origin, text: PatchText): Origin {
  return origin.kind === 'source' ? { kind: 'source', ...text.locate(origin) } : origin;
}

/** Runs a reader of the patch's text; the places that its errors name are moved to the real ones. */
export function withRealPlaces<T>(text: PatchText, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BuildError) || error.problem.at.file !== text.file) throw error;
    throw new BuildError(error.message, text.locate(error.problem.at), error.problem.related);
  }
}

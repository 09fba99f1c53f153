import { oncePer } from '../../collections/once.ts';
import { changeOrigins, type Node, type ScalarNode } from '../../source/node.ts';
import { originSpan, sourceOrigin } from '../../source/origin.ts';
import { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import { BuildError } from '../problem.ts';

/** The text of a patch: a file, or a scalar of a kustomization file. */
export interface PatchText {
  /** The file to parse: the patch's own, or one made from the scalar's text. */
  readonly file: SourceFile;
  /** Where the patch is listed: the scalar with its path, or with its text. */
  readonly at: Span;
  /** The actual location of a span of `file`. */
  locate(span: Span): Span;
}

/** Reads a patch in a file. Throws a BuildError at its path if the file cannot be read. */
export function readPatchFile(path: ScalarNode, files: KustomizationFiles): PatchText {
  const at = originSpan(path.origin);
  return { file: files.readSource(path.value, at), at, locate: (span) => span };
}

/**
 * An inline patch in a kustomization file. Locations in it are exact for a literal block, and for text on one line
 * without escapes or with those of JSON; otherwise they are that of the whole scalar. Made once per scalar, since every
 * build that includes a component applies its patches.
 */
export const inlinePatch = oncePer((scalar: ScalarNode): PatchText => {
  const at = originSpan(scalar.origin);
  const trimmed = scalar.value.trim();
  const file = new SourceFile(at.file.path, trimmed);
  const skipped = scalar.value.indexOf(trimmed);
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
});

type OffsetMap = (offset: number) => number;

/** Maps a block whose lines are the file's lines without their indentation; undefined if they are not. */
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

/** Maps text that is verbatim in the file: plain, or quoted without escapes, on one line. */
function mapLine(scalar: ScalarNode, at: Span): OffsetMap | undefined {
  const start = at.file.text.slice(at.start, at.end).indexOf(scalar.value);
  return start < 0 || scalar.value === '' ? undefined : (offset) => at.start + start + offset;
}

/** Maps double-quoted text with the escapes of JSON, as tools write it; undefined if it has others. */
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

/** Changes the origins of freshly parsed nodes to their actual locations. */
export function relocate(node: Node, text: PatchText): void {
  changeOrigins(node, (origin) => (origin.kind === 'source' ? sourceOrigin(text.locate(origin)) : origin));
}

/** Runs a reader of the patch's text, and changes the locations of its errors to the actual ones. */
export function withRealPlaces<T>(text: PatchText, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BuildError) || error.problem.at.file !== text.file) throw error;
    throw new BuildError(error.message, text.locate(error.problem.at), error.problem.related);
  }
}

import { oncePer } from '../collections/once.ts';
import { inlinePatch } from '../kustomize/patches/patch-text.ts';
import type { Node, ScalarNode } from '../source/node.ts';
import { originSpan } from '../source/origin.ts';
import { readYaml } from '../source/read.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import { CannotFix } from './cannot-fix.ts';
import type { Edit } from './edit.ts';

/**
 * A text with YAML: a whole file, or an inline patch. The offsets of its nodes count in `text`. `edit` takes such offsets, with
 * `\n` as line break, and converts them to an edit of the file.
 */
export interface Region {
  readonly text: string;
  readonly roots: readonly Node[];
  /** The location of a node in the file. */
  span(node: Node): Span;
  offsetInFile(offset: number): number;
  /** Throws a {@link CannotFix} if the text cannot be written there. */
  edit(start: number, end: number, text: string): Edit;
}

/** The region of a whole file. */
export const fileRegion = oncePer((file: SourceFile): Region => {
  const breaks = /\r\n|\n/.exec(file.text)?.[0] ?? '\n';
  return {
    text: file.text,
    roots: readRoots(file),
    span: (node) => originSpan(node.origin),
    offsetInFile: (offset) => offset,
    edit: (start, end, text) => ({ file, start, end, text: text.replaceAll('\n', breaks) }),
  };
});

/** The region of a scalar that contains YAML, such as an inline patch; undefined if it does not, or is written with escapes. */
export const innerRegion = oncePer((scalar: ScalarNode): Region | undefined => {
  const patch = inlinePatch(scalar);
  const [first, ...others] = readRoots(patch.file);
  const outer = (offset: number): number => patch.locate({ file: patch.file, start: offset, end: offset }).start;
  if (first === undefined || first.kind === 'scalar' || outer(0) === outer(patch.file.text.length)) return undefined;
  const { file } = patch.at;
  const breaks = /\r\n|\n/.exec(file.text)?.[0] ?? '\n';
  const isBlock = scalar.style === 'literal' || scalar.style === 'folded';
  const deeper = ' '.repeat(Math.max(0, file.position(outer(0)).column - 1));
  return {
    text: patch.file.text,
    roots: [first, ...others],
    span: (node) => patch.locate(originSpan(node.origin)),
    offsetInFile: outer,
    edit(start, end, text) {
      const written = isBlock ? text.replaceAll('\n', breaks + deeper) : encodeInline(text, scalar.style);
      return { file, start: outer(start), end: outer(end), text: written };
    },
  };
});

/** Encodes a text for a scalar on one line. */
export function encodeInline(text: string, style: ScalarNode['style']): string {
  if (text.includes('\n') && style !== 'double') throw new CannotFix('the text is written on one line');
  if (style === 'single') return text.replaceAll("'", "''");
  return style === 'double' ? JSON.stringify(text).slice(1, -1) : text;
}

/** The documents of a file. If they cannot all be read, only the first, which is all that kustomize reads of a kustomization. */
function readRoots(file: SourceFile): Node[] {
  const whole = readYaml(file);
  const stream = whole.problems.length === 0 ? whole : readYaml(file, { firstDocumentOnly: true });
  return stream.documents.flatMap(({ root }) => root ?? []);
}

import { imageOf, parseImage } from '../../objects/image.ts';
import { firstText, type Place } from '../../objects/place.ts';
import type { Container } from '../../objects/workload.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import type { FileEdit } from './file-edits.ts';

/** Whether an edit overwrites the tag of an image in the tree. */
export function writesTagOf(edit: FileEdit, container: Container): boolean {
  const { tag } = imageOf(container);
  const { file } = edit;
  if (tag === undefined || file === undefined) return false;
  if (edit.kind === 'image') return edit.image === parseImage(firstText(container.image.place)).repository;
  if (!container.image.place.steps.some(({ at }) => at.file === file)) return false;
  const lines = linesOfTag(container.image.place, file, tag);
  if (edit.kind === 'pattern') return lines.some((line) => edit.matches?.(line)?.text.includes(tag));
  const key = edit.kind === 'key' ? /(?<![\w-])([\w-]+)(?:"\])?$/.exec(edit.key ?? '')?.[1] : undefined;
  return key !== undefined && lines.some((line) => line.trimStart().startsWith(`${key}:`));
}

/** The lines of a file that hold a tag: those that gave it to the image, if these are known, and otherwise all. */
function linesOfTag({ steps }: Place, file: SourceFile, tag: string): string[] {
  const own = steps.filter(({ at }) => at.file === file).map(({ at }) => wholeLines(at));
  const given = own.flatMap((lines) => lines.split('\n')).filter((line) => line.includes(tag));
  return given.length > 0 ? given : file.text.split('\n').filter((line) => line.includes(tag));
}

/** The lines that a span is on. */
function wholeLines({ file: { text }, start, end }: Span): string {
  const next = text.indexOf('\n', end);
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, next < 0 ? text.length : next);
}

/** The part of an edit that says what is written. */
export function placeOfEdit(edit: FileEdit): Span {
  switch (edit.kind) {
    case 'pattern':
      return edit.patternAt;
    case 'key':
      return edit.keyAt;
    case 'image':
      return edit.imageAt;
    case 'template':
      return edit.pathAt;
  }
}

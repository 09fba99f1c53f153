import { parseImage } from '../../objects/image.ts';
import { firstText } from '../../objects/place.ts';
import type { Container } from '../../objects/workload.ts';
import type { Span } from '../../source/span.ts';
import type { FileEdit } from '../delivery.ts';

/** Whether an edit overwrites the tag of an image in the tree. */
export function writesTagOf(edit: FileEdit, { image }: Container): boolean {
  const { tag } = parseImage(image.value ?? '');
  const { file } = edit;
  if (tag === undefined || file === undefined) return false;
  if (edit.kind === 'image') return edit.image === parseImage(firstText(image.place)).repository;
  if (!image.place.steps.some(({ at }) => at.file === file)) return false;
  const lines = file.text.split('\n').filter((line) => line.includes(tag));
  if (edit.kind === 'pattern') return lines.some((line) => edit.matches?.(line)?.text.includes(tag));
  const key = edit.kind === 'key' ? /([\w-]+)(?:"\])?$/.exec(edit.key ?? '')?.[1] : undefined;
  return key !== undefined && lines.some((line) => line.trimStart().startsWith(`${key}:`));
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

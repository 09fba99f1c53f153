import { parseImage } from '../objects/image.ts';
import { versionLikePart } from '../objects/version.ts';
import type { ReplacementWrite } from './replacement-write.ts';

/** What a replacement made of a text, where that is not what it was written for. */
export interface SegmentFault {
  readonly how: 'whole' | 'wrong part' | 'rest left';
  /** The text before and after. */
  readonly before: string;
  readonly after: string;
}

/**
 * Judges what a replacement made of a Job's name or an image. Only what is a version, and plainly went to the wrong place,
 * is told: a version in the place of a whole name or reference, in a part of an image that is no tag, or beside a
 * placeholder that is still there.
 */
export function findSegmentFault(write: ReplacementWrite): SegmentFault | undefined {
  const { value, path, part } = write;
  const [first] = write.before;
  if (value === undefined || first === undefined || !isVersion(value)) return undefined;
  const { text: before } = first;
  const after = part === undefined ? value : replacePart(before, value, part);
  if (/(^|\.)image$/.test(path)) return judgeImage(before, after, write);
  if (path === 'metadata.name' && write.object.kind === 'Job') return judgeName(before, after, write);
  return undefined;
}

/** As kustomize writes a part: a negative index puts the value in front, one beyond the end behind. */
function replacePart(text: string, value: string, { delimiter, index }: { delimiter: string; index: number }): string {
  const parts = text.split(delimiter);
  if (index < 0) parts.unshift(value);
  else if (index >= parts.length) parts.push(value);
  else parts[index] = value;
  return parts.join(delimiter);
}

function judgeImage(before: string, after: string, { part }: ReplacementWrite): SegmentFault | undefined {
  const [old, made] = [parseImage(before), parseImage(after)];
  // A tag put behind an image that has none is right.
  if (made.repository === old.repository) return undefined;
  return { how: part === undefined ? 'whole' : 'wrong part', before, after };
}

function judgeName(before: string, after: string, { part, value = '' }: ReplacementWrite): SegmentFault | undefined {
  if (part === undefined) {
    const hadWords = /[a-z]{2,}/i.test(before.replace(versionLikePart(before) ?? '', ''));
    return hadWords && before !== value ? { how: 'whole', before, after } : undefined;
  }
  const placeholder = /(^|[-.])([A-Z][A-Z0-9_]*)(?=[-.]|$)/;
  if (placeholder.test(before) && placeholder.test(after.replace(value, ''))) {
    return { how: 'wrong part', before, after };
  }
  const rest = before
    .split(part.delimiter)
    .slice(part.index + 1)
    .join(part.delimiter);
  const version = versionLikePart(before);
  const isRest = part.index >= 0 && rest !== '' && version?.endsWith(`${part.delimiter}${rest}`);
  return isRest ? { how: 'rest left', before, after } : undefined;
}

/** A tag by itself: no name, no whole reference of an image. */
function isVersion(value: string): boolean {
  return !/[/:@\s]/.test(value) && versionLikePart(value) === value;
}

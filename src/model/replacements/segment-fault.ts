import { parseImage } from '../../objects/image.ts';
import { lastStep } from '../../objects/place.ts';
import { versionLikePart } from '../../objects/version.ts';
import type { Job } from '../../objects/workload.ts';
import { findWrite, type ReplacementWrite } from './replacement-write.ts';

/** A replacement that wrote a version to the wrong part of a text. */
export interface SegmentFault {
  readonly how: 'whole' | 'wrong part' | 'rest left';
  /** The text before and after. */
  readonly before: string;
  readonly after: string;
}

/**
 * Checks what a replacement made of a Job's name or an image. Only finds versions that clearly went to the wrong place:
 * over a whole name or reference, into a part of an image that is not its tag, or beside a placeholder that is left.
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

/** Whether a replacement wrote a bare version over the whole name of a Job. */
export function isNameOverwritten(writes: readonly ReplacementWrite[], { object }: Job): boolean {
  return findNameFault(writes, object)?.how === 'whole';
}

/** Whether a replacement wrote the version beside the placeholder in a Job's name: `shop-v1.4.0-TAG`. */
export function missesPlaceholder(writes: readonly ReplacementWrite[], { object }: Job): boolean {
  return findNameFault(writes, object)?.how === 'wrong part';
}

/** What the last replacement that wrote to the name of a Job did wrong. */
function findNameFault(writes: readonly ReplacementWrite[], { name }: Job['object']): SegmentFault | undefined {
  const write = findWrite(writes, lastStep(name.place, 'replacement'));
  return write && findSegmentFault(write);
}

/** Replaces a part as kustomize does: a negative index prepends the value, one beyond the end appends it. */
function replacePart(text: string, value: string, { delimiter, index }: { delimiter: string; index: number }): string {
  const parts = text.split(delimiter);
  if (index < 0) parts.unshift(value);
  else if (index >= parts.length) parts.push(value);
  else parts[index] = value;
  return parts.join(delimiter);
}

function judgeImage(before: string, after: string, { part }: ReplacementWrite): SegmentFault | undefined {
  const [old, made] = [parseImage(before), parseImage(after)];
  // It is right to append a tag to an image that has none.
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

/** Whether a value is a bare tag, not a name or a whole image reference. */
function isVersion(value: string): boolean {
  return !/[/:@\s]/.test(value) && versionLikePart(value) === value;
}

import { pushAll } from '../collections/push-all.ts';
import type { Change, Fix } from '../findings/fix.ts';
import { appendItems } from './append-items.ts';
import { CannotFix } from './cannot-fix.ts';
import { createFile } from './create-file.ts';
import { type Edit, type NewFile, overlap } from './edit.ts';
import { findAround, findScalar } from './find-value.ts';
import { moveItem } from './move-item.ts';
import { removeLines } from './remove-lines.ts';
import { replaceText, setScalar } from './set-scalar.ts';
import { writeValue } from './write-value.ts';

/** The edits and new files of a fix, or why it cannot be made. */
export type FixPlan =
  | { readonly kind: 'edits'; readonly edits: readonly Edit[]; readonly files: readonly NewFile[] }
  /** `why` is a clause without a full stop. */
  | { readonly kind: 'refused'; readonly why: string };

export const differentValues = 'the roots that build it need different values';

/** Turns the changes of a fix into edits, which leave the rest of the files byte for byte as it is. */
export function planFix(fix: Fix, exists: (path: string) => boolean): FixPlan {
  const edits: Edit[] = [];
  const files: NewFile[] = [];
  try {
    for (const change of fix.changes) {
      if (change.kind === 'edit') edits.push({ ...change.at, text: change.text });
      else if (change.kind === 'file') files.push({ path: change.path, text: change.text });
      else if (change.kind === 'create') {
        const created = createFile(change, exists);
        files.push(created.file);
        pushAll(edits, created.edits);
      } else pushAll(edits, planChange(change).filter(hasEffect));
    }
  } catch (error) {
    if (error instanceof CannotFix) return { kind: 'refused', why: error.message };
    throw error;
  }
  if (edits.length + files.length === 0)
    return { kind: 'refused', why: 'the file already says so, and another step of the build undoes it' };
  if (edits.some(({ file }) => file.encoding === 'utf-16'))
    return { kind: 'refused', why: 'the file is UTF-16, and only UTF-8 is written here' };
  const clash = edits.some((edit, index) =>
    edits.slice(index + 1).some((other) => edit.file.path === other.file.path && overlap(edit, other)),
  );
  if (clash) return { kind: 'refused', why: differentValues };
  return { kind: 'edits', edits, files };
}

function hasEffect({ file, start, end, text }: Edit): boolean {
  return file.text.slice(start, end) !== text;
}

function planChange(change: Exclude<Change, { kind: 'create' | 'edit' | 'file' }>): readonly Edit[] {
  switch (change.kind) {
    case 'set':
      return [setScalar(findScalar(change.at), change.from, change.to)];
    case 'replace':
      return [replaceText(findAround(change.at), change.from, change.to, change.at)];
    case 'write':
      return writeValue(
        { ...findScalar(change.in), ...(change.beside ? { entry: undefined } : {}) },
        change.path,
        change.value,
      );
    case 'append':
      return appendItems(findScalar(change.in), change.path, change.items);
    case 'move':
      return moveItem(findScalar(change.item), findScalar(change.before));
    case 'remove lines':
      return [removeLines(change.at)];
  }
}

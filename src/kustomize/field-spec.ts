import type { Span } from '../source/span.ts';
import type { GroupVersionKind } from './resource-id.ts';

/**
 * Which field of which kinds a transformer reaches. Empty parts of the type match anything.
 * The path is separated by `/`, with `\/` for a slash in a key and `[]` after a key whose list is gone through.
 */
export interface FieldSpec extends GroupVersionKind {
  readonly path: string;
  /** Make the field where it is absent. */
  readonly create: boolean;
  /** Where a `configurations:` or `fieldSpecs:` entry asked for it; undefined for the built-in table. */
  readonly configuredIn?: Span;
}

/** Whether a type has every part that the selector names; the selector's empty parts match anything. */
export function isSelected(gvk: GroupVersionKind, selector: GroupVersionKind): boolean {
  return (
    (selector.group === '' || selector.group === gvk.group) &&
    (selector.version === '' || selector.version === gvk.version) &&
    (selector.kind === '' || selector.kind === gvk.kind)
  );
}

const splitPaths = new Map<string, readonly string[]>();

/** The parts of a field spec's path: one leading slash is dropped, `\/` is a slash inside a part. */
export function splitFieldPath(path: string): readonly string[] {
  let parts = splitPaths.get(path);
  if (parts === undefined) {
    parts = joinEscaped(path.split('/'));
    splitPaths.set(path, parts);
  }
  return parts;
}

function joinEscaped(pieces: string[]): string[] {
  if (pieces.length > 1 && pieces[0] === '') pieces.shift();
  const parts: string[] = [];
  let open: string | undefined;
  for (const piece of pieces) {
    const part = open === undefined ? piece : `${open}/${piece}`;
    open = part.endsWith('\\') ? part.slice(0, -1) : undefined;
    if (open === undefined) parts.push(part);
  }
  // A backslash at the very end escapes nothing and stays.
  return open === undefined ? parts : [...parts, `${open}\\`];
}

import type { Span } from '../../source/span.ts';
import type { GroupVersionKind } from '../resources/resource-id.ts';

/**
 * A field that a transformer changes, and the types it does so in; empty parts of the type match anything
 * (kustomize's `types.FieldSpec`). Keys of the path are separated by `/`, with `\/` for a slash in a key, and `[]` after
 * a key means each item of its list.
 */
export interface FieldSpec extends GroupVersionKind {
  readonly path: string;
  /** Whether to create the field if it is absent. */
  readonly create: boolean;
  /** The entry of `configurations:`, `crds:` or `fieldSpecs:`; undefined for the built-in ones. */
  readonly configuredIn?: Span;
}

/** Whether a type matches a selector, whose empty parts match anything (`Gvk.IsSelected` in kyaml). */
export function isSelected(gvk: GroupVersionKind, selector: GroupVersionKind): boolean {
  return (
    (selector.group === '' || selector.group === gvk.group) &&
    (selector.version === '' || selector.version === gvk.version) &&
    (selector.kind === '' || selector.kind === gvk.kind)
  );
}

/** The labels of any object itself, created if absent. */
export const metadataLabels: FieldSpec = { group: '', version: '', kind: '', path: 'metadata/labels', create: true };

const splitPaths = new Map<string, readonly string[]>();

/** The keys of a field spec's path: one leading slash is dropped, `\/` is a slash in a key (`PathSplitter` in kyaml). */
export function splitSpecPath(path: string): readonly string[] {
  // Not `oncePerText`, which is slower: this is called for every field of every object.
  let parts = splitPaths.get(path);
  if (parts === undefined) {
    parts = joinEscaped(path.split('/'));
    splitPaths.set(path, parts);
  }
  return parts;
}

/** Whether a part of a path is a list index or selects an item of a list, to kustomize, which field specs cannot. */
export function isItemPart(part: string): boolean {
  return part === '-' || part === '*' || /^[-+]?\d+$/.test(part) || /^\[.*\]$/s.test(part);
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

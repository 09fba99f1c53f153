import { pushAll } from '../collections/push-all.ts';
import type { ObjectReference } from '../objects/kubernetes-object.ts';
import type { Span } from '../source/span.ts';

/** A fix as a rule describes it: what to change and where, but not how the file is laid out. */
export interface Fix {
  /** What the fix does, in the imperative, without a full stop: ``Set `backoffLimit` to 0``. */
  readonly title: string;
  /** Whether it changes nothing about a release that goes well, and is the only way to fix the finding. */
  readonly safe: boolean;
  readonly changes: readonly Change[];
  /** The objects that it changes. Default: the one that the finding is about. */
  readonly objects?: readonly ObjectReference[];
  /** It changes names, so references in other objects may change too. */
  readonly renames?: true;
}

/** A fix with the objects that it changes in each root; filled in by the linter. */
export interface FindingFix extends Fix {
  readonly subjects: readonly FixSubject[];
}

export interface FixSubject {
  readonly root: string;
  readonly object: ObjectReference;
}

/** A value that a fix writes. */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

/** One change to the files. Spans come from places in the model; quotes and indentation are up to src/fix. */
export type Change =
  /** Replaces the scalar at `at`, which must be `from`. */
  | { readonly kind: 'set'; readonly at: Span; readonly from: string; readonly to: string | number | boolean }
  /** Replaces a text that occurs once in the scalar at or around `at`, such as a word of a script. */
  | { readonly kind: 'replace'; readonly at: Span; readonly from: string; readonly to: string }
  /**
   * Writes a value below the key at `in`; if `in` is a scalar, or with `beside`, into the map that contains it. A map is
   * merged with the existing one.
   */
  | {
      readonly kind: 'write';
      readonly in: Span;
      readonly beside?: true;
      readonly path: readonly string[];
      readonly value: Value;
    }
  /** Appends items to the list below the key at `in`, or in the map that contains the scalar at `in`. */
  | { readonly kind: 'append'; readonly in: Span; readonly path: readonly string[]; readonly items: readonly Value[] }
  /** Moves an item of a list in front of another one. */
  | { readonly kind: 'move'; readonly item: Span; readonly before: Span }
  /** Writes objects to a new file in the folder of `beside`, and lists it after `listed`, an entry of a kustomization. */
  | {
      readonly kind: 'create';
      readonly beside: Span;
      readonly listed: Span | undefined;
      readonly name: string;
      readonly objects: readonly Value[];
    }
  /** Removes whole lines of a file that is not YAML. */
  | { readonly kind: 'remove lines'; readonly at: Span }
  /** Replaces a text that is no value, such as a comment. Reports of other runs hold edits and files; see src/merge. */
  | { readonly kind: 'edit'; readonly at: Span; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly text: string };

/** Merges the fixes that several roots have for one finding; undefined unless all of them have one. */
export function mergeFixes(fixes: readonly (FindingFix | undefined)[]): FindingFix | undefined {
  const [first, ...others] = fixes;
  if (first === undefined || others.length === 0) return first;
  const changes = new Map<string, Change>();
  const subjects: FixSubject[] = [];
  for (const fix of fixes) {
    if (fix === undefined) return undefined;
    for (const change of fix.changes) changes.set(changeKey(change), change);
    pushAll(subjects, fix.subjects);
  }
  return { ...first, safe: fixes.every((fix) => fix?.safe), changes: [...changes.values()], subjects };
}

/** Equal for changes that do the same at the same place. */
function changeKey(change: Change): string {
  return JSON.stringify(change, (key, value) =>
    key === 'file' ? (value as Span['file']).path : (value as Span | Value | undefined),
  );
}

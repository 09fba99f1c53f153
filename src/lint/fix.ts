import { pushAll } from '../push-all.ts';
import type { Span } from '../source/span.ts';
import type { ObjectReference } from './finding.ts';

/** A way to mend a finding, as a rule tells it: what is to change and where, and not how a file then reads. */
export interface Fix {
  /** What is done, as an order without a full stop: ``Set `backoffLimit` to 0``. */
  readonly title: string;
  /** Nothing runs differently afterwards as long as all goes well, and there is one way to mend it. */
  readonly safe: boolean;
  readonly changes: readonly Change[];
  /** The objects that change with it; where not said, the one that the finding is about. */
  readonly objects?: readonly ObjectReference[];
  /** Names change with it, so that other objects may follow. */
  readonly renames?: true;
}

/** A fix with the objects that it is for, in each root; filled in by the linter. */
export interface FindingFix extends Fix {
  readonly subjects: readonly FixSubject[];
}

export interface FixSubject {
  readonly root: string;
  readonly object: ObjectReference;
}

/** What a fix writes. */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

/** One change to the files. Spans are those that the places of the model name; files, quotes and indentation are not the rule's. */
export type Change =
  /** Exchanges the scalar at `at`, which has to be `from`. */
  | { readonly kind: 'set'; readonly at: Span; readonly from: string; readonly to: string | number | boolean }
  /** Exchanges a text that stands once in the scalar at or around `at`, such as a word of a script. */
  | { readonly kind: 'replace'; readonly at: Span; readonly from: string; readonly to: string }
  /**
   * Writes a value below the key at `in`, or into the map that the scalar or, with `beside`, the key at `in` stands in. A map
   * is merged with what is there.
   */
  | {
      readonly kind: 'write';
      readonly in: Span;
      readonly beside?: true;
      readonly path: readonly string[];
      readonly value: Value;
    }
  /** Adds items at the end of the list below the key at `in`, or in the map that the scalar at `in` stands in. */
  | { readonly kind: 'append'; readonly in: Span; readonly path: readonly string[]; readonly items: readonly Value[] }
  /** Moves an item of a list to before another one of the same list. */
  | { readonly kind: 'move'; readonly item: Span; readonly before: Span }
  /** Writes objects to a file of their own in the folder of `beside`; `listed` is the entry of a kustomization that the new one goes behind. */
  | {
      readonly kind: 'create';
      readonly beside: Span;
      readonly listed: Span | undefined;
      readonly name: string;
      readonly objects: readonly Value[];
    }
  /** Takes out whole lines, of a file that is no YAML. */
  | { readonly kind: 'remove lines'; readonly at: Span }
  /** Another run has worked out what to write; see `merge`. */
  | { readonly kind: 'edit'; readonly at: Span; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly text: string };

/** One fix for a finding that several roots make; undefined unless it can be mended in all of them. */
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

/** The same for changes that do the same at the same place. */
function changeKey(change: Change): string {
  return JSON.stringify(change, (key, value) =>
    key === 'file' ? (value as Span['file']).path : (value as Span | Value | undefined),
  );
}

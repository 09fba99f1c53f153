import type { Place } from './place.ts';
import type { Field } from './view.ts';

/** One target of a replacement, and whether it did anything. */
export interface ReplacementTarget {
  /** What the target's `select` asks for, by field: `kind`, `name`, `namespace`, … */
  readonly select: ReadonlyMap<string, Field<string> & { readonly value: string }>;
  /** The key `select`. */
  readonly place: Place;
  /** How many objects it selected, after `reject`. */
  readonly selected: number;
  /** How many of them `reject` took away. */
  readonly rejected: number;
}

/** The targets of every replacement that the build went through. */
export function readReplacementTargets(_root: unknown): ReplacementTarget[] {
  return [];
}

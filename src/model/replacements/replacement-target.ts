import type { BuiltRoot } from '../../kustomize/built-root.ts';
import { sameSpan } from '../../source/span.ts';
import type { Place } from '../objects/place.ts';
import { type Present, View } from '../objects/view.ts';

/** One target of a replacement, and whether it did anything. */
export interface ReplacementTarget {
  /** What the target's `select` asks for, by field: `kind`, `name`, `namespace`, … */
  readonly select: ReadonlyMap<string, Present<string>>;
  /** The key `select`. */
  readonly place: Place;
  /** How many objects it selected, over all the times that the build went through it. */
  readonly selected: number;
  /** Whether `reject` may have taken away what `select` found. */
  readonly rejects: boolean;
}

/**
 * The targets of every replacement that the build went through. A base or component that is built several times goes
 * through its targets as often: they are told once.
 */
export function readReplacementTargets(root: BuiltRoot): ReplacementTarget[] {
  const targets: ReplacementTarget[] = [];
  for (const { target, selected } of root.replacements.flatMap((replacement) => replacement.targets)) {
    const view = View.ofNode(target);
    const place = view.get('select').keyPlace;
    const earlier = targets.findIndex((other) => sameSpan(other.place.at, place.at));
    const count = selected.length + (targets[earlier]?.selected ?? 0);
    const read = { select: view.get('select').textMap(), place, selected: count, rejects: view.get('reject').exists };
    if (earlier < 0) targets.push(read);
    else targets[earlier] = read;
  }
  return targets;
}

import type { BuiltRoot } from '../../kustomize/built-root.ts';
import type { Place } from '../../objects/place.ts';
import { type Present, View } from '../../objects/view.ts';
import { spanKey } from '../../source/span.ts';

/** One target of a replacement, and whether it did anything. */
export interface ReplacementTarget {
  /** The fields of the target's `select`: `kind`, `name`, `namespace`, … */
  readonly select: ReadonlyMap<string, Present<string>>;
  /** The key `select`. */
  readonly place: Place;
  /** How many objects it selected, summed over all times that the build applied it. */
  readonly selected: number;
  /** Whether it has a `reject`, which may have excluded what `select` found. */
  readonly rejects: boolean;
}

/**
 * The targets of every replacement that the build applied, each once, even if its base or component was built several
 * times.
 */
export function readReplacementTargets(root: BuiltRoot): ReplacementTarget[] {
  const targets = new Map<string, ReplacementTarget>();
  for (const { target, selected } of root.replacements.flatMap((replacement) => replacement.targets)) {
    const view = View.ofNode(target);
    const place = view.get('select').keyPlace;
    const where = spanKey(place.at);
    const count = selected.length + (targets.get(where)?.selected ?? 0);
    const select = view.get('select').textMap();
    targets.set(where, { select, place, selected: count, rejects: view.get('reject').exists });
  }
  return [...targets.values()];
}

import { compareText } from '../text/compare-text.ts';
import type { Shard } from './shard.ts';

/** Something to assign to a share. */
interface Weighed {
  /** Unique, and the same on every machine. */
  readonly path: string;
  readonly cost: number;
}

/**
 * The items of one shard. Starting with the costliest, each item goes to the shard with the lowest total so far. Ties are
 * broken by path and by shard number, so that every machine computes the same shards.
 * @returns items in their order in `all`
 */
export function takeShare<T extends Weighed>(all: readonly T[], { index, count }: Shard): T[] {
  const totals = new Array<number>(count).fill(0);
  const taken = new Set<T>();
  for (const each of [...all].sort((a, b) => b.cost - a.cost || compareText(a.path, b.path))) {
    const least = totals.indexOf(Math.min(...totals));
    totals[least] = (totals[least] ?? 0) + each.cost;
    if (least === index - 1) taken.add(each);
  }
  return all.filter((each) => taken.has(each));
}

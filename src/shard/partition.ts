import { compareText } from '../compare-text.ts';
import type { Shard } from './shard.ts';

/** Something to be put into one of the shares. */
interface Weighed {
  /** Tells it from the others, on every machine alike. */
  readonly path: string;
  readonly cost: number;
}

/**
 * The share of one shard: the costliest first, each goes to the share that has cost least so far. Equal costs go by
 * path and equal shares by their number, so that every machine comes to the same shares.
 * @returns in the order in which `all` has them
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

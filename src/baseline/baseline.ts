import { compareText } from '../compare-text.ts';

/** A finding that is known and accepted for now. Lines are left out, as they move. */
export interface BaselineEntry {
  readonly rule: string;
  /** `Job/shop-migration` or `shop/Job/shop-migration`, as built; absent where the finding is about no object. */
  readonly object?: string;
  readonly field?: string;
  /** The file, where there is no object to go by; relative to the baseline's folder, as is `root`. */
  readonly file?: string;
  readonly root: string;
  /** How many findings share all of this; absent for one. */
  readonly count?: number;
}

/** A baseline as it is read. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
  /** Absolute path of the file. */
  readonly path: string;
}

/** What a baseline made of a run. */
export interface BaselineOutcome {
  /** Absolute path of the file that was read, or is about to be written. */
  readonly path: string;
  /** How many findings of how many roots it silenced. */
  readonly known: number;
  /** Entries whose finding is gone. */
  readonly stale: readonly BaselineEntry[];
  /** A baseline of this run. */
  readonly entries: readonly BaselineEntry[];
}

/** What makes two findings the same one to a baseline. */
export function entryKey({ rule, object, field, file, root }: BaselineEntry): string {
  return JSON.stringify([rule, object ?? '', field ?? '', file ?? '', root]);
}

/** Entries with those that are the same counted, in an order of their own, so that a new one moves no other. */
export function countEntries(entries: readonly BaselineEntry[]): BaselineEntry[] {
  const counts = new Map<string, { entry: BaselineEntry; count: number }>();
  for (const entry of entries) {
    const key = entryKey(entry);
    const before = counts.get(key)?.count ?? 0;
    counts.set(key, { entry, count: before + (entry.count ?? 1) });
  }
  return [...counts]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { entry, count }]) => {
      const { count: _, ...once } = entry;
      return count === 1 ? once : { ...once, count };
    });
}

import { compareText } from '../text/compare-text.ts';

/** A known finding, not reported for now. It has no line, because lines move. */
export interface BaselineEntry {
  readonly rule: string;
  /** `Deployment/shop` or `shop/Job/shop-migration-*`, as built, without a version; absent if the finding has no object. */
  readonly object?: string;
  readonly field?: string;
  /** The file, if there is no object; relative to the baseline's folder, like `root`. */
  readonly file?: string;
  readonly root: string;
  /** The number of findings that this entry stands for; absent if it is 1. */
  readonly count?: number;
}

/** A baseline file. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
  /** Absolute path of the file. */
  readonly path: string;
  /** Whether neither the options nor the settings name the file, so that the next run would not read it. */
  readonly isUnnamed?: true;
}

/** The effect of a baseline on a run. */
export interface BaselineOutcome {
  /** Absolute path of the file that was read or will be written. */
  readonly path: string;
  readonly isUnnamed?: true;
  /** The number of findings that it removed, counted per root. */
  readonly known: number;
  /** Entries whose findings are gone. */
  readonly stale: readonly BaselineEntry[];
  /** The entries for a new baseline of this run. */
  readonly entries: readonly BaselineEntry[];
}

/** Identifies a finding in a baseline. */
export function entryKey({ rule, object, field, file, root }: BaselineEntry): string {
  return JSON.stringify([rule, object ?? '', field ?? '', file ?? '', root]);
}

/** Combines equal entries into one with a count, and sorts them, so that a new entry does not move others. */
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

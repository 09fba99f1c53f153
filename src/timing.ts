/** Measures parts of a run. The times of a part that is measured repeatedly add up. */
export interface Timing {
  measure<T>(part: string, work: () => T): T;
}

/** Measures nothing, at no cost. */
export const noTiming: Timing = { measure: (_, work) => work() };

/** Milliseconds by part, in the order of their first measurement. */
export interface StopWatch extends Timing {
  readonly parts: ReadonlyMap<string, number>;
}

/** Measures with a clock that returns milliseconds. A nested part counts in both. */
export function startStopWatch(now: () => number): StopWatch {
  const parts = new Map<string, number>();
  const add = (part: string, start: number) => parts.set(part, (parts.get(part) ?? 0) + now() - start);
  return {
    parts,
    measure(part, work) {
      const start = now();
      const result = work();
      if (result instanceof Promise) return result.finally(() => add(part, start)) as typeof result;
      add(part, start);
      return result;
    },
  };
}

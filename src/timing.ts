/** Takes the time of parts of a run. A part that is measured several times is added up. */
export interface Timing {
  measure<T>(part: string, work: () => T): T;
}

/** Takes no time, neither of anything nor of anybody's. */
export const noTiming: Timing = { measure: (_, work) => work() };

/** Milliseconds by part, in the order in which the parts came first. */
export interface StopWatch extends Timing {
  readonly parts: ReadonlyMap<string, number>;
}

/** Measures with a clock that gives milliseconds. A part within another one is counted in both. */
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

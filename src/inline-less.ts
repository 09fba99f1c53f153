import { setFlagsFromString } from 'node:v8';

/** With this many roots, a run is long enough to gain more than loading `node:v8` costs. */
const manyRoots = 50;

/**
 * Makes V8 inline less in a run with many roots. This only affects speed: V8 compiles some 600 hot functions on helper
 * threads, larger ones take longer, and a run of a few seconds ends before that pays off. See bench/README.md.
 *
 * The limit for a single function (`--max-inlined-bytecode-size`) must not change while V8 compiles: it aborts the process
 * if a function that it has chosen to inline exceeds the limit a moment later.
 */
export function inlineLess(rootCount: number): void {
  if (rootCount < manyRoots) return;
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=150');
}

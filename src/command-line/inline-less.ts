import { setFlagsFromString } from 'node:v8';

/** From so many roots on, a run takes long enough to win more than loading `node:v8` costs. */
const manyRoots = 50;

/**
 * Has V8 copy less of what a hot function calls into it, where a run has many roots. Nothing else depends on it. V8
 * compiles some 600 functions beside the main thread, which takes longer the more they hold, and a run of seconds ends
 * before much of that is won back: see bench/README.md.
 */
export function inlineLess(rootCount: number): void {
  if (rootCount < manyRoots) return;
  setFlagsFromString('--max-inlined-bytecode-size=60');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=150');
}

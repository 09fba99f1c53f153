import { isOver, type SourceCache, type TimeLimit } from '../source/source-cache.ts';
import type { Span } from '../source/span.ts';
import { BuildError } from './problem.ts';

/** Bounds that no honest tree comes near and kustomize does not have, against trees that are made to stop the linter. */
export const buildLimits = {
  /** How many kustomizations may include one another in a row. */
  depth: 100,
  /** How many kustomizations one root may include, each as often as it is listed. */
  kustomizations: 10_000,
  /** How many objects one build may gather. */
  objects: 100_000,
  /** How many characters the steps of one build may add to its objects; each key and value counts for 64 more. */
  growth: 64 * 1024 * 1024,
  /** How many collections may be nested in one object, as in a file that is read. */
  nesting: 1000,
} as const;

/** Throws a BuildError at the entry with which a build exceeds a limit. */
export function checkLimit(limit: 'depth' | 'kustomizations' | 'objects', count: number, listedAt: Span): void {
  const most = buildLimits[limit];
  if (count <= most) return;
  const exceeded = {
    depth: `more than ${most} kustomizations include one another in a row`,
    kustomizations: `this build includes more than ${most} kustomizations`,
    objects: `this build gathers more than ${most} objects`,
  }[limit];
  throw new BuildError(`${exceeded}, which migrate-lint does not follow; build it in parts`, listedAt);
}

/** Throws a BuildError at what is to be done next where the time of the run is over. */
export function checkTime({ limits: { time } }: SourceCache, at: Span): void {
  if (time !== undefined && isOver(time)) throw new BuildError(describeOverrun('built', time), at);
}

/** Why nothing more is done. */
export function describeOverrun(left: 'built' | 'judged', { seconds }: TimeLimit): string {
  return `this is not ${left}, since the run takes longer than ${seconds} seconds; lint fewer roots (\`--shard\`), or give it more time with \`--time-limit SECONDS\``;
}

import { isOver, type SourceCache, type TimeLimit } from '../../source/source-cache.ts';
import type { Span } from '../../source/span.ts';
import { BuildError } from '../problem.ts';

/** Limits that kustomize does not have, against trees made to stop the linter. No honest tree comes near them. */
export const buildLimits = {
  /** The longest chain of kustomizations that include one another. */
  depth: 100,
  /** How many kustomizations one root may include, counting each as often as it is listed. */
  kustomizations: 10_000,
  /** How many objects one build may gather. */
  objects: 100_000,
  /** How many characters the steps of one build may add to its objects; each key and value counts as 64 more. */
  growth: 64 * 1024 * 1024,
  /** How deeply collections may be nested in one object; the reader has the same limit for files. */
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

/** Ends the build of a root because the run is out of time. */
export class OutOfTime extends BuildError {}

/**
 * Throws OutOfTime if the run is out of time.
 * @param at the configuration of the step that would be next
 */
export function checkTime({ limits: { time } }: SourceCache, at: Span): void {
  if (time !== undefined && isOver(time)) throw new OutOfTime(describeOverrun('built', time), at);
}

/** The message of a problem or finding for work that was not done because the run is out of time. */
export function describeOverrun(left: 'built' | 'judged', { seconds }: TimeLimit): string {
  return `this is not ${left}, since the run takes longer than ${seconds} seconds; lint fewer roots (\`--shard\`), or give it more time with \`--time-limit SECONDS\``;
}

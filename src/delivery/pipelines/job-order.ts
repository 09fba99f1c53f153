import { reach } from '../../collections/reach.ts';
import type { Span } from '../../source/span.ts';
import type { CiJob } from './ci-job.ts';

/** Where a job stands in the order of its pipeline. */
export interface JobOrder {
  /** Its name, after those of the stage or jobs that it is part of. */
  readonly path: readonly string[];
  /** What has ended before the job starts: jobs, and stages and calling jobs with all that is part of them. */
  readonly after: PathSet;
  /** What says so: a list of what it waits for, or its stage. */
  readonly field: 'needs' | 'dependsOn' | 'stage';
  /** That list; the job's name if it has none. */
  readonly at: Span;
}

/** Whether a job starts only when another one of the same pipeline has ended; undefined if that is not known. */
export function startsAfter(job: CiJob, other: CiJob): boolean | undefined {
  const [order, before] = job.pipeline === other.pipeline ? [job.order(), other.order()] : [];
  if (order === undefined || before === undefined) return undefined;
  return before.path.some((_, index) => order.after.has(keyOf(before.path.slice(0, index + 1))));
}

/** The name by which a job can wait for another one: that of the stage or job which is beside it and has it as a part. */
export function nameBeside({ path }: JobOrder, other: JobOrder): string | undefined {
  return other.path.find((part, index) => part !== path[index]);
}

/** A set of paths. */
export type PathSet = ReadonlySet<string>;

/** The paths of all these parts of a stage or job. */
export function pathsWithin(whole: readonly string[], parts: Iterable<string>): PathSet {
  return new Set([...parts].map((part) => keyOf([...whole, part])));
}

function keyOf(path: readonly string[]): string {
  return path.join('\0');
}

/**
 * All that something waits for, directly or through what it waits for.
 * @param directly what something waits for itself
 */
export function allBefore(name: string, directly: (name: string) => readonly string[] | undefined): Set<string> {
  const found = new Set<string>();
  reach(name, { get: directly }, found);
  found.delete(name);
  return found;
}

import type { Span } from '../../source/span.ts';
import type { CiJob } from './ci-job.ts';

/** Where a job stands in the order of its pipeline. */
export interface JobOrder {
  /** Its name, after those of the stage or jobs that it is part of: `build / migration`. */
  readonly name: string;
  /** What has ended before the job starts: jobs, and stages and calling jobs with all that is part of them. */
  readonly after: ReadonlySet<string>;
  /** What says so: a list of what it waits for, or its stage. */
  readonly field: 'needs' | 'dependsOn' | 'stage';
  /** That list; the job's name if it has none. */
  readonly at: Span;
}

/** Whether a job starts only when another one of the same pipeline has ended; undefined if that is not known. */
export function startsAfter({ order, pipeline }: CiJob, other: CiJob): boolean | undefined {
  if (order === undefined || other.order === undefined || pipeline !== other.pipeline) return undefined;
  const parts = other.order.name.split(separator);
  return parts.some((_, index) => order.after.has(parts.slice(0, index + 1).join(separator)));
}

/** The name by which a job can wait for another one: that of the stage or job which is beside it and has it as a part. */
export function nameBeside({ name }: JobOrder, other: JobOrder): string {
  const own = name.split(separator);
  const parts = other.name.split(separator);
  return parts.find((part, index) => part !== own[index]) ?? other.name;
}

/** The name of a part of a stage or job. */
export function nameWithin(whole: string | undefined, part: string): string {
  return whole === undefined ? part : `${whole}${separator}${part}`;
}

const separator = ' / ';

/**
 * All that something waits for, directly or through what it waits for; undefined if a part of that is not known.
 * @param directly what something waits for itself
 */
export function allBefore(
  name: string,
  directly: (name: string) => readonly string[] | undefined,
): Set<string> | undefined {
  const found = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const before = directly(next);
    if (before === undefined) return undefined;
    for (const each of before) {
      if (!found.has(each)) open.push(each);
      found.add(each);
    }
  }
  return found;
}

import { type ObjectReference, referTo } from '../../objects/kubernetes-object.ts';
import { historyOf } from '../../objects/place.ts';
import type { Job, Workload } from '../../objects/workload.ts';
import type { Related } from '../../source/related.ts';
import type { Span } from '../../source/span.ts';
import type { RootModel } from '../root-model.ts';
import { waitsByName } from '../waiters/target-match.ts';
import { hidesFailedWait } from '../waiters/waiter.ts';

/** In seconds. Within this time new pods that have to pull an image may not have looked for the Job yet. */
export const shortestTtl = 300;

/** The TTL of a Job that pods look for by name, and without which they do not start. */
export interface AwaitedTtl {
  /** How long after it has finished the Job is deleted. */
  readonly seconds: number;
  /** The first workload that waits for it. */
  readonly workload: Workload;
  /** Where a finding on it points. */
  readonly found: {
    readonly at: Span;
    readonly related: readonly Related[];
    readonly object: ObjectReference;
    readonly field: string;
  };
}

/** The `ttlSecondsAfterFinished` of a Job that a waiter asks for by name; undefined if either is missing. */
export function findAwaitedTtl({ matches }: RootModel, job: Job): AwaitedTtl | undefined {
  const { object, ttlSeconds } = job;
  const wait = waitsByName(matches, job).find(({ waiter }) => !hidesFailedWait(waiter));
  if (wait === undefined || ttlSeconds.value === undefined) return undefined;
  const { container, workload } = wait.waiter;
  const related = [
    ...historyOf(ttlSeconds.place, 'time'),
    { at: container.name.place.at, note: `container \`${container.name.value ?? ''}\` waits for it` },
  ];
  return {
    seconds: ttlSeconds.value,
    workload,
    found: { at: ttlSeconds.place.at, related, object: referTo(object), field: ttlSeconds.path },
  };
}

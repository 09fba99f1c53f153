import type { Job } from '../../objects/workload.ts';
import { readInvocations } from '../../shell/command-line.ts';
import type { RootModel } from '../root-model.ts';
import { type JobWaiter, waitersOf } from './waiter.ts';

/**
 * The init container of a Job that waits for another Job and fails if that does not exist yet, as `kubectl wait` and
 * k8s-wait-for do. Only the Job's own retries start it again.
 */
export function findBriefWait({ waiters }: RootModel, job: Job): JobWaiter | undefined {
  return waitersOf(waiters, job).find(
    (waiter): waiter is JobWaiter =>
      waiter.kind === 'job' &&
      (waiter.tool === 'kubectl wait' || waiter.tool === 'k8s-wait-for') &&
      !readInvocations(waiter.container).some(({ loops }) => loops),
  );
}

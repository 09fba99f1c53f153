import type { Job } from '../../objects/workload.ts';
import type { RootModel } from '../root-model.ts';
import type { PodWait } from './reading/waiter-wait-for.ts';
import type { Waiter } from './waiter.ts';

/** A wait for a pod under the name of a Job, whose pods all have longer names. */
export interface JobAsPod extends PodWait {
  readonly job: Job;
}

/** Finds the Job of the build that a waiter asks for as if it were a pod. */
export function findJobAsPod(model: RootModel, waiter: Waiter): JobAsPod | undefined {
  if (waiter.kind !== 'other' || waiter.podWait === undefined) return undefined;
  const { name, mode } = waiter.podWait;
  const job = model.jobs.find(({ object }) => object.name.value === name);
  return job && { name, mode, job };
}

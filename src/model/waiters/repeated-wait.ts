import { nameStem } from '../../objects/version.ts';
import type { Present } from '../../objects/view.ts';
import type { Job, Workload } from '../../objects/workload.ts';
import { databaseSourcesReader, findSharedSource } from '../databases/database-sources.ts';
import type { Service } from '../releases/release.ts';
import type { RootModel } from '../root-model.ts';
import { matchesOf, type TargetMatch } from './target-match.ts';

/** Two init containers of a pod that wait for the same Job, although there is a second one to wait for. */
export interface RepeatedWait {
  readonly first: TargetMatch;
  readonly second: TargetMatch;
  /** The name that the second one asks for. */
  readonly name: Present<string>;
  /** A Job with the service's database settings that it waits for nowhere. */
  readonly job: Job;
}

/** Finds it. Undefined if the Job that is waited for waits for the other one itself. */
export function findRepeatedWait(model: RootModel, { workload, waiters }: Service): RepeatedWait | undefined {
  if (waiters.length < 2 || model.jobs.length < 2) return undefined;
  const waits = waiters.flatMap((waiter) => matchesOf(model.matches, waiter));
  for (const [index, second] of waits.entries()) {
    const [meant] = second.exact;
    if (meant === undefined || second.target.kind !== 'name') continue;
    const first = waits
      .slice(0, index)
      .find(({ exact, waiter }) => exact.includes(meant) && waiter.container !== second.waiter.container);
    const job = first && findForgotten(model, workload, waits, second);
    if (first && job) return { first, second, name: second.target.name, job };
  }
  return undefined;
}

/** A Job with the same database settings that the pods do not wait for, and that the waiter is most likely named after. */
function findForgotten(
  model: RootModel,
  workload: Workload,
  waits: readonly TargetMatch[],
  { waiter, exact }: TargetMatch,
): Job | undefined {
  const awaited = new Set(waits.flatMap((wait) => wait.exact));
  const objects = new Set([...awaited].map(({ object }) => object));
  for (const wait of model.matches) {
    if (objects.has(wait.waiter.workload.object)) for (const job of wait.exact) awaited.add(job);
  }
  const sources = databaseSourcesReader(model.config);
  const known = new Set(exact.flatMap(wordsOf));
  const named = new Set((waiter.container.name.value ?? '').split('-'));
  return model.jobs.find(
    (job) =>
      !awaited.has(job) &&
      findSharedSource(sources, job, workload) !== undefined &&
      wordsOf(job).some((word) => named.has(word) && !known.has(word)),
  );
}

function wordsOf({ object }: Job): string[] {
  return nameStem(object.name.value ?? '').split('-');
}

import { getField, getTexts, type MapNode, mapEntries } from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';
import { allBefore, type JobOrder, pathsWithin } from '../job-order.ts';
import type { Workflow } from './jobs.ts';

/** The jobs that a job needs. It starts when they have ended, and only their outputs are known to it. */
export function needsOf(job: MapNode): string[] {
  const needs = getField(job, 'needs');
  return needs?.kind === 'scalar' ? [needs.value] : getTexts(needs);
}

/** The order of a job; undefined if an environment may let somebody decide when it starts. */
export function orderOf(name: string, { node, calledBy }: Workflow): JobOrder | undefined {
  const jobs = new Map(mapEntries(getField(node, 'jobs')).map((entry) => [entry.key.value, entry]));
  const own = jobs.get(name);
  if (own?.value.kind !== 'map' || getField(own.value, 'environment') !== undefined) return undefined;
  const needed = allBefore(name, (each) => {
    const job = jobs.get(each)?.value;
    return job?.kind === 'map' ? needsOf(job) : undefined;
  });
  const whole = calledBy?.path ?? [];
  return {
    path: [...whole, name],
    after: new Set([...(calledBy?.order()?.after ?? []), ...pathsWithin(whole, needed)]),
    field: 'needs',
    at: originSpan((getField(own.value, 'needs') ?? own.key).origin),
  };
}

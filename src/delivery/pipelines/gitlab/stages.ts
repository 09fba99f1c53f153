import { getPath, getText, getTexts, type KeyNode, listItems, type Node } from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';
import { allBefore, type JobOrder } from '../job-order.ts';

/** The parts of a pipeline that set the order of its jobs. */
export interface Stages {
  /** The names of all jobs. */
  readonly jobs: readonly string[];
  /** `stages` of the pipeline. */
  readonly listed: Node | undefined;
  /** A job's own value of a keyword, or that of a job that it extends. */
  readonly field: (job: string, keyword: string) => Node | undefined;
}

/**
 * The order of a job: it waits for its `needs`, or else for the jobs of all stages before its own. Undefined if its stage
 * is not known, since a file of another project may add stages, or if somebody starts the job by hand.
 */
export function orderOf(job: KeyNode, stages: Stages): JobOrder | undefined {
  const { field } = stages;
  const name = job.value;
  const starts = [field(name, 'when'), ...listItems(field(name, 'rules')).map((rule) => getPath(rule, ['when']))];
  const after = allBefore(name, (each) => directlyBefore(each, stages));
  if (after === undefined || starts.some((when) => when !== undefined && getText(when) === 'manual')) return undefined;
  const needs = field(name, 'needs');
  return { name, after, field: needs ? 'needs' : 'stage', at: originSpan((needs ?? job).origin) };
}

function directlyBefore(name: string, { jobs, listed, field }: Stages): readonly string[] | undefined {
  const needs = field(name, 'needs');
  if (needs !== undefined) return readNeeds(needs);
  const order = ['.pre', ...(listed === undefined ? ['build', 'test', 'deploy'] : getTexts(listed)), '.post'];
  const stageOf = (job: string): number => order.indexOf(getText(field(job, 'stage')) ?? 'test');
  const own = stageOf(name);
  return own < 0 ? undefined : jobs.filter((job) => stageOf(job) < own);
}

/** The jobs that `needs` lists; undefined if it takes some from elsewhere, as `!reference` does. */
function readNeeds(needs: Node): readonly string[] | undefined {
  const items = listItems(needs);
  if (items.some(({ kind }) => kind === 'sequence')) return undefined;
  return items.flatMap((item) => getText(item, item.kind === 'map' ? ['job'] : []) ?? []);
}

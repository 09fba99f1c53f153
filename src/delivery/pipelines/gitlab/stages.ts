import { oncePerText } from '../../../collections/once.ts';
import { getPath, getText, getTexts, type KeyNode, listItems, type Node } from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';
import { allBefore, type JobOrder, pathsWithin } from '../job-order.ts';

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
 * Reads the order of jobs: a job waits for its `needs`, or else for the jobs of all stages before its own. Undefined if
 * a stage is not known, since a file of another project may add stages, or if somebody starts the job by hand.
 */
export function orderReader({ jobs, listed, field }: Stages): (job: KeyNode) => JobOrder | undefined {
  const order = ['.pre', ...(listed === undefined ? ['build', 'test', 'deploy'] : getTexts(listed)), '.post'];
  const stageOf = oncePerText((job) => order.indexOf(getText(field(job, 'stage')) ?? 'test'));
  return (job) => {
    const name = job.value;
    const needs = field(name, 'needs');
    const starts = [field(name, 'when'), ...listItems(field(name, 'rules')).map((rule) => getPath(rule, ['when']))];
    const needed = allBefore(name, (each) => readNeeds(field(each, 'needs')));
    const all = [name, ...needed];
    if (all.some((each) => hasReference(field(each, 'needs'))) || starts.some(isManual)) return undefined;
    // What waits for stages has waited for all that their jobs need.
    const staged = all.filter((each) => field(each, 'needs') === undefined).map(stageOf);
    if (staged.length > 0 && [...all, ...jobs].some((each) => stageOf(each) < 0)) return undefined;
    const last = staged.reduce((one, other) => Math.max(one, other), 0);
    return {
      path: [name],
      after: pathsWithin([], [...needed, ...jobs.filter((each) => stageOf(each) < last)]),
      field: needs ? 'needs' : 'stage',
      at: originSpan((needs ?? job).origin),
    };
  };
}

function isManual(when: Node | undefined): boolean {
  return getText(when) === 'manual';
}

/** The jobs of the pipeline that `needs` lists. */
function readNeeds(needs: Node | undefined): string[] {
  return listItems(needs).flatMap((item) => getText(item, item.kind === 'map' ? ['job'] : []) ?? []);
}

/** Whether a part of a list is taken from elsewhere, as by `!reference`. */
function hasReference(list: Node | undefined): boolean {
  return listItems(list).some(({ kind }) => kind === 'sequence');
}

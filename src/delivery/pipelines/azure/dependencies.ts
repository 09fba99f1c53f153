import { getField, getText, getTexts, type MapNode } from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';
import { allBefore, type JobOrder, nameWithin } from '../job-order.ts';
import { fill, type Written } from './templates.ts';

/** A stage or job beside the others of its pipeline or stage. */
export interface Siblings {
  readonly own: Written<MapNode>;
  readonly all: readonly Written<MapNode>[];
}

/**
 * The order of a job: its stage waits for the one before it, or for those under `dependsOn`; the job itself only for
 * those. Undefined if a template decides which of them there are, or if somebody may decide when the job starts.
 */
export function orderOf(stage: Siblings, job: Siblings): JobOrder | undefined {
  const isAsked =
    getField(job.own.node, 'deployment') !== undefined || getText(stage.own.node, ['trigger']) === 'manual';
  const stages = before(stage, 'stage', (index) => stage.all.slice(Math.max(0, index - 1), index));
  const jobs = before(job, 'job', () => []);
  if (isAsked || stages === undefined || jobs === undefined) return undefined;
  const whole = nameOf(stage.own, 'stage');
  const { node } = job.own;
  return {
    name: nameWithin(whole, nameOf(job.own, 'job') ?? ''),
    after: new Set([...stages, ...[...jobs].map((each) => nameWithin(whole, each))]),
    field: 'dependsOn',
    at: originSpan((getField(node, 'dependsOn') ?? getField(node, 'job') ?? node).origin),
  };
}

/** All that a stage or job waits for. */
function before(
  { own, all }: Siblings,
  kind: 'stage' | 'job',
  byDefault: (index: number) => readonly Written<MapNode>[],
): Set<string> | undefined {
  if (all.some(({ scope }) => scope.conditions.length > 0)) return undefined;
  return allBefore(nameOf(own, kind) ?? '', (name) => {
    const index = all.findIndex((each) => (nameOf(each, kind) ?? '') === name);
    const part = all[index];
    if (part === undefined) return [];
    const listed = getField(part.node, 'dependsOn');
    if (listed?.kind === 'map') return undefined;
    if (listed !== undefined) return getTexts(listed).map((text) => fill(text, part.scope));
    return byDefault(index).flatMap((each) => nameOf(each, kind) ?? []);
  });
}

function nameOf({ node, scope }: Written<MapNode>, kind: 'stage' | 'job'): string | undefined {
  const name = getText(node, [kind]) ?? (kind === 'job' ? getText(node, ['deployment']) : undefined);
  return name === undefined ? undefined : fill(name, scope);
}

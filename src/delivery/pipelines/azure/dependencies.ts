import { getField, getText, getTexts, type MapNode } from '../../../source/node.ts';
import { originSpan } from '../../../source/origin.ts';
import { allBefore, type JobOrder, pathsWithin } from '../job-order.ts';
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
  const { node } = job.own;
  if (getField(node, 'deployment') !== undefined || getText(stage.own.node, ['trigger']) === 'manual') return undefined;
  if ([...stage.all, ...job.all].some(isConditional)) return undefined;
  const whole = nameOf(stage.own) ?? [];
  return {
    path: [whole, nameOf(job.own) ?? []].flat(),
    after: new Set([
      ...pathsWithin(
        [],
        before(stage, (index) => stage.all.slice(Math.max(0, index - 1), index)),
      ),
      ...pathsWithin(
        [whole].flat(),
        before(job, () => []),
      ),
    ]),
    field: 'dependsOn',
    at: originSpan((getField(node, 'dependsOn') ?? getField(node, 'job') ?? node).origin),
  };
}

/** All that a stage or job waits for. */
function before({ own, all }: Siblings, byDefault: (index: number) => readonly Written<MapNode>[]): Set<string> {
  const indexes = new Map(all.map((each, index) => [nameOf(each) ?? '', index] as const).reverse());
  return allBefore(nameOf(own) ?? '', (name) => {
    const index = indexes.get(name) ?? -1;
    const part = all[index];
    if (part === undefined) return undefined;
    const listed = getField(part.node, 'dependsOn');
    if (listed !== undefined) return getTexts(listed).map((text) => fill(text, part.scope));
    return byDefault(index).flatMap((each) => nameOf(each) ?? []);
  });
}

/** Whether a template decides if there is such a stage or job, or what it waits for. */
function isConditional({ node, scope }: Written<MapNode>): boolean {
  return scope.conditions.length > 0 || getField(node, 'dependsOn')?.kind === 'map';
}

/** The name of a stage or job; undefined if it has none. */
export function nameOf({ node, scope }: Written<MapNode>): string | undefined {
  const name = ['job', 'deployment', 'stage'].map((key) => getText(node, [key])).find((each) => each !== undefined);
  return name === undefined || name === '' ? undefined : fill(name, scope);
}

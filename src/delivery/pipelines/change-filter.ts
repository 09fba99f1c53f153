import { getField, getPath, getText, listItems, type MapNode, type Node } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { ChangeFilter } from './ci-job.ts';

/** `on: push: paths:` of a workflow. */
export function workflowChanges(workflow: MapNode): ChangeFilter | undefined {
  return readFilter([getPath(workflow, ['on', 'push', 'paths'])]);
}

/** `trigger: paths: include:` of a pipeline of Azure, unless it excludes files. */
export function triggerChanges(pipeline: MapNode): ChangeFilter | undefined {
  const paths = getPath(pipeline, ['trigger', 'paths']);
  return getPath(paths, ['exclude']) === undefined ? readFilter([getPath(paths, ['include'])]) : undefined;
}

/**
 * `rules: changes:` of a job of GitLab CI, if every rule that runs the job has them, and `only: changes:`.
 * @param field the job's own value of a keyword
 */
export function jobChanges(field: (name: string) => Node | undefined): ChangeFilter | undefined {
  const rules = field('rules');
  if (rules?.kind !== 'sequence') return readFilter([getPath(field('only'), ['changes'])]);
  const running = rules.items.filter((rule) => getText(rule, ['when']) !== 'never');
  return readFilter(running.map((rule) => getPath(rule, ['changes'])));
}

/** Undefined if one of the lists is missing, or excludes files. */
function readFilter(lists: readonly (Node | undefined)[]): ChangeFilter | undefined {
  const items = lists.map((list) => {
    const paths = list?.kind === 'map' ? getField(list, 'paths') : list;
    return listItems(paths);
  });
  const patterns = items.flat().map((item) => getText(item) ?? '');
  const [first] = items.flat();
  if (first === undefined || items.some((list) => list.length === 0)) return undefined;
  return patterns.some((pattern) => pattern === '' || /^!|\$/.test(pattern))
    ? undefined
    : { patterns, at: originSpan(first.origin) };
}

import { getField, getPath, getText, type MapNode } from '../../../source/node.ts';
import type { SourceFile } from '../../../source/source-file.ts';

/**
 * Whether any push to a branch starts a workflow. False if the workflow checks changed files, the commit or its author,
 * since it may skip its own commits.
 */
export function pushStarts(workflow: MapNode, { text }: SourceFile): boolean {
  if (/head_commit|github\.(actor|triggering_actor|event\.(commits|pusher|sender))|pusher/.test(text)) return false;
  const on = getField(workflow, 'on');
  if (on?.kind === 'scalar') return on.value === 'push';
  if (on?.kind === 'sequence') return on.items.some((item) => getText(item) === 'push');
  const push = getPath(on, ['push']);
  if (push?.kind !== 'map') return push !== undefined;
  const keys = new Set(push.entries.map(({ key }) => key.value));
  if (keys.has('paths') || keys.has('paths-ignore')) return false;
  return !(keys.has('tags') || keys.has('tags-ignore')) || keys.has('branches') || keys.has('branches-ignore');
}

/** Whether the condition of a job allows it to run for any push to a branch. */
export function runsOnPush(job: MapNode): boolean {
  const condition = getText(job, ['if']);
  if (condition === undefined) return true;
  // A condition on anything other than the branch may be false.
  const contexts = condition.match(/\b(github|inputs|needs|steps|env|vars|secrets)\.[\w.-]+/g) ?? [];
  if (contexts.some((name) => !/^github\.(ref|ref_name|event_name|repository)$/.test(name))) return false;
  return !/refs\/tags|event_name\s*==\s*'(?!push)/.test(condition);
}

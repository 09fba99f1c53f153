import { getField, getPath, getText, type MapNode } from '../../source/node.ts';
import type { SourceFile } from '../../source/source-file.ts';

/**
 * Whether a push to a branch starts a workflow. One that looks at changed files, at the commit or at who made it may leave
 * its own commits out: then it does not.
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

/** Whether nothing in the condition of a job keeps it from running for a push to a branch. */
export function jobRunsOnPush(job: MapNode): boolean {
  const condition = getText(job, ['if']);
  if (condition === undefined) return true;
  // What asks for other than the branch may be anything.
  const asked = condition.match(/\b(github|inputs|needs|steps|env|vars|secrets)\.[\w.-]+/g) ?? [];
  if (asked.some((name) => !/^github\.(ref|ref_name|event_name|repository)$/.test(name))) return false;
  return !/refs\/tags|event_name\s*==\s*'(?!push)/.test(condition);
}

import { getField, getPath, getText, getTexts, type MapNode } from '../../../source/node.ts';
import type { SourceFile } from '../../../source/source-file.ts';

/**
 * Whether any push to a branch starts a pipeline. False without `trigger`, whose default an organisation may turn off,
 * and if the pipeline checks changed files, the commit or its author, or asks somebody first.
 */
export function pushStarts(pipeline: MapNode, { text }: SourceFile): boolean {
  if (/SourceVersion(Message|Author)|RequestedFor|QueuedBy|ManualValidation|ManualIntervention/i.test(text))
    return false;
  const trigger = getField(pipeline, 'trigger');
  if (trigger?.kind === 'scalar') return !/^(none|)$/.test(trigger.value);
  if (trigger?.kind === 'sequence') return trigger.items.length > 0;
  if (trigger === undefined || getField(trigger, 'paths') !== undefined) return false;
  return getTexts(getPath(trigger, ['branches', 'include'])).length > 0;
}

/** Whether a stage or job runs after a push, as far as its own keys say. */
export function runsOnPush(part: MapNode): boolean {
  if (getField(part, 'deployment') !== undefined || getText(part, ['trigger']) === 'manual') return false;
  const condition = getText(part, ['condition']);
  return condition === undefined || holdsForPush(condition);
}

/** Whether a condition is about the branch only, so that it holds for pushes to some branch. */
export function holdsForPush(condition: string): boolean {
  if (/refs\/tags|PullRequest|Manual|Schedule|failed\(|canceled\(|^\s*false\s*$/i.test(condition)) return false;
  const rest = condition
    .replace(/variables(\[\s*'|\.)Build\.(SourceBranch|SourceBranchName|Reason)('\s*\])?/gi, '')
    .replace(/'[^']*'/g, '');
  return !/[$[.]|\b(parameters|dependencies|variables)\b/.test(rest);
}

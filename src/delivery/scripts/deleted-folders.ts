import { givenFolders, positionalWords } from '../../shell/kubectl.ts';
import type { Words } from '../../shell/words.ts';
import { trimEnd } from '../../text/trim-end.ts';
import { builtFolders, isApply, isForcedReplace, kubectlCall, readsInput } from './kubectl-calls.ts';

/**
 * The folders whose whole build a script deletes and then applies again: `kubectl delete -k FOLDER` before an apply,
 * `kubectl replace --force`, or `kustomize build FOLDER` piped to either. A deletion with nothing after it takes the
 * service out of the cluster. `*` for a folder that the script enters first.
 */
export function deletedFolders(commands: readonly Words[]): string[] {
  const lastApply = commands.findLastIndex((words) => isApply(kubectlCall(words) ?? []));
  return commands.flatMap((words, index) => {
    const args = kubectlCall(words) ?? [];
    const isDeletedFirst = positionalWords(args)[0] === 'delete' && index < lastApply;
    if (!isDeletedFirst && !isForcedReplace(args)) return [];
    const folders = [
      ...givenFolders(args),
      ...(readsInput(args) ? builtFolders(commands.slice(Math.max(index - 2, 0), index)).slice(-1) : []),
    ];
    return folders.map((folder) => (folder === '.' ? '*' : trimEnd(folder, '/')));
  });
}

import { positionalWords } from '../../shell/kubectl.ts';
import { baseName } from '../../text/base-name.ts';
import { redirections, valuesOf } from '../pipelines/commands.ts';
import { unknown, type Words } from './deploy-script.ts';
import { argumentsOf, isApply, isForcedReplace, kubectlCalls, kubectlProgram } from './kubectl-steps.ts';

/**
 * The folders whose whole build a script deletes and then applies again: `kubectl delete -k FOLDER` before an apply,
 * `kubectl replace --force`, or `kustomize build FOLDER` piped to either. A deletion with nothing after it takes the
 * service out of the cluster. `*` for a folder that the script enters first.
 */
export function deletedFolders(commands: readonly Words[]): string[] {
  return commands.flatMap((words, index) => {
    const args = argumentsOf(words, kubectlProgram);
    if (args === undefined || !(isForcedReplace(args) || isDeletedForApply(args, commands.slice(index + 1)))) return [];
    const folders = [
      ...valuesOf(args, ['-k', '--kustomize']),
      ...(readsInput(args) ? lastBuilt(commands.slice(Math.max(index - 2, 0), index)) : []),
    ];
    return folders.map((folder) => (folder === '.' ? '*' : folder.replace(/(?<!\/)\/+$/, '')));
  });
}

function isDeletedForApply(args: Words, later: readonly Words[]): boolean {
  return positionalWords(args)[0] === 'delete' && kubectlCalls(later).some(isApply);
}

/** Whether kubectl reads manifests from its input. */
export function readsInput(args: Words): boolean {
  return valuesOf(args, ['-f', '--filename']).includes('-');
}

/** The folder of the last build among commands: `kustomize build FOLDER`, `kubectl kustomize FOLDER`. */
function lastBuilt(commands: readonly Words[]): string[] {
  const folders = commands.flatMap((words) => {
    const args = argumentsOf(words, /^\W*(kubectl|kustomize)$/) ?? [];
    const [verb = '', folder = '.'] = positionalWords(args);
    return /^(build|kustomize)$/.test(verb) ? [folder] : [];
  });
  return folders.slice(-1);
}

/**
 * The files that a script hands to `kubectl create`: with `-f FILE`, or on its input, which may be any file that the
 * commands of the same pipe name. `*` for a file that the script is told from outside.
 */
export function createdFiles(commands: readonly Words[]): string[] {
  return commands.flatMap((words, index) => {
    const args = argumentsOf(words, kubectlProgram);
    if (args === undefined || positionalWords(args)[0] !== 'create' || !isApply(args)) return [];
    const piped = readsInput(args) ? commands.slice(Math.max(index - 2, 0), index + 1).flatMap(manifestsIn) : [];
    const named = valuesOf(args, ['-f', '--filename']).filter((file) => file !== '-');
    return [...named, ...piped].map((file) => (file === unknown ? '*' : file));
  });
}

/** The files of manifests, or of templates for them, that a command names. */
export function manifestsIn(words: Words): string[] {
  const { from } = redirections(words);
  const named = [...words, ...from].filter((word) => /\.(ya?ml|json|tpl|tmpl|template)$/.test(baseName(word)));
  return [...named, ...from.filter((word) => word === unknown)];
}

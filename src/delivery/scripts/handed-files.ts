import { positionalWords } from '../../shell/kubectl.ts';
import { editsInPlace, redirections, type Words } from '../../shell/words.ts';
import { baseName } from '../../text/base-name.ts';
import { unknown } from './deploy-script.ts';
import { argumentsOf, isApply, kubectlCall, namedFiles, readsInput } from './kubectl-calls.ts';

/**
 * The YAML files that a script hands to kubectl, each by its name: with `-f FILE`, or on its input, through programs such as
 * `envsubst < FILE` and `sed … FILE`. Not files that it also changes in ways that are not understood.
 */
export function appliedFiles(commands: readonly Words[]): string[] {
  const files = commands.flatMap((words, index) => {
    const args = kubectlCall(words) ?? [];
    if (!isApply(args)) return [];
    return readsInput(args) ? readInput(commands, index) : namedFiles(args);
  });
  const changed = new Set(commands.flatMap((words) => argumentsOf(words, /^(yq|perl)$/) ?? []));
  return files.filter(
    (file) => /\.ya?ml$/.test(file) && !/[*\0]/.test(baseName(file)) && !file.includes('://') && !changed.has(file),
  );
}

/** The manifests that a command reads: from a file, or from the programs before it, the first of which names a file. */
function readInput(commands: readonly Words[], index: number): string[] {
  const words = commands[index] ?? [];
  // The script holds the input itself, in a here-document.
  if (words.some((word) => word.startsWith('<<'))) return [];
  const named = manifestsIn(words);
  const before = commands[index - 1];
  return named.length > 0 || before === undefined || !isFilter(before) ? named : readInput(commands, index - 1);
}

/** Whether a command writes what it reads, with changes. */
function isFilter(words: Words): boolean {
  const kubectl = kubectlCall(words);
  if (kubectl !== undefined) return kubectl.some((word) => word.startsWith('--dry-run'));
  const args = argumentsOf(words, /^(cat|g?sed|envsubst)$/);
  return args !== undefined && !editsInPlace(args);
}

/**
 * The files that a script hands to `kubectl create`: with `-f FILE`, or on its input, which may be any file that the
 * commands of the same pipe name. `*` for a file that the script is told from outside.
 */
export function createdFiles(commands: readonly Words[]): string[] {
  return commands.flatMap((words, index) => {
    const args = kubectlCall(words) ?? [];
    if (positionalWords(args)[0] !== 'create' || !isApply(args)) return [];
    const piped = readsInput(args) ? commands.slice(Math.max(index - 2, 0), index + 1).flatMap(manifestsIn) : [];
    return [...namedFiles(args), ...piped].map((file) => (file === unknown ? '*' : file));
  });
}

/** The files of manifests, or of templates for them, that a command names. */
function manifestsIn(words: Words): string[] {
  const { from } = redirections(words);
  const named = [...words, ...from].filter((word) => /\.(ya?ml|json|tpl|tmpl|template)$/.test(baseName(word)));
  return [...named, ...from.filter((word) => word === unknown)];
}

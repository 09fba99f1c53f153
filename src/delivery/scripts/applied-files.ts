import { baseName } from '../../text/base-name.ts';
import { valuesOf } from '../pipelines/commands.ts';
import type { Words } from './deploy-script.ts';
import { argumentsOf, isApply, kubectlProgram } from './kubectl-steps.ts';
import { manifestsIn, readsInput } from './whole-files.ts';

/**
 * The YAML files that a script hands to kubectl, each by its name: with `-f FILE`, or on its input, through programs such as
 * `envsubst < FILE` and `sed … FILE`. Not files that it also changes in ways that are not understood.
 */
export function appliedFiles(commands: readonly Words[]): string[] {
  const files = commands.flatMap((words, index) => {
    const args = argumentsOf(words, kubectlProgram);
    if (args === undefined || !isApply(args)) return [];
    return readsInput(args) ? readInput(commands, index) : valuesOf(args, ['-f', '--filename']);
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
  const kubectl = argumentsOf(words, kubectlProgram);
  if (kubectl !== undefined) return kubectl.some((word) => word.startsWith('--dry-run'));
  const args = argumentsOf(words, /^(cat|g?sed|envsubst)$/);
  return args !== undefined && !args.some((word) => /^-[a-zA-Z]*i|^--in-?place/.test(word));
}

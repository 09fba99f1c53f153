import { givenFiles, positionalWords } from '../../shell/kubectl.ts';
import type { Words } from '../../shell/words.ts';
import { baseName } from '../../text/base-name.ts';
import { unknown } from './deploy-script.ts';

/** kubectl, or OpenShift's name for it. */
const kubectl = /^\W*(kubectl|oc)(\.exe)?$/;

/** The arguments after the name of a program, anywhere in a command; undefined if it does not name the program. */
export function argumentsOf(words: Words, program: RegExp): Words | undefined {
  const index = words.findIndex((word) => program.test(baseName(word)));
  return index < 0 ? undefined : words.slice(index + 1);
}

/**
 * The arguments of a kubectl call, also of one through a variable; undefined for another command. What an unknown
 * variable puts in front of them are options: `kubectl $OPTIONS delete job shop`.
 */
export function kubectlCall(words: Words): Words | undefined {
  const args = argumentsOf(words, kubectl);
  if (args === undefined) return undefined;
  const first = args.findIndex((word) => word !== unknown);
  return args.slice(first < 0 ? args.length : first);
}

/** The arguments of each kubectl call among commands. */
export function kubectlCalls(commands: readonly Words[]): Words[] {
  return commands.map(kubectlCall).filter((args) => args !== undefined);
}

/**
 * Whether a kubectl call sends manifests to the cluster. Not `kubectl create job NAME --from=…` and the like, which
 * creates a single object from its arguments.
 */
export function isApply(args: Words): boolean {
  const [verb = '', kind] = positionalWords(args);
  const applies = /^(apply|replace)$/.test(verb) || (verb === 'create' && kind === undefined);
  return applies && !args.some((word) => word.startsWith('--dry-run'));
}

/** `kubectl replace --force`, which deletes what exists and creates it again. */
export function isForcedReplace(args: Words): boolean {
  return positionalWords(args)[0] === 'replace' && args.some((word) => /^--force(=true)?$/.test(word));
}

/** Whether kubectl reads manifests from its input. */
export function readsInput(args: Words): boolean {
  return givenFiles(args).includes('-');
}

/** The files that kubectl is given by their names. */
export function namedFiles(args: Words): string[] {
  return givenFiles(args).filter((file) => file !== '-');
}

/** The folders that commands build: `kustomize build FOLDER`, `kubectl kustomize FOLDER`. */
export function builtFolders(commands: readonly Words[]): string[] {
  return commands.flatMap((words) => {
    const args = argumentsOf(words, /^\W*(kubectl|kustomize)$/) ?? [];
    const [verb = '', folder = '.'] = positionalWords(args);
    return /^(build|kustomize)$/.test(verb) ? [folder] : [];
  });
}

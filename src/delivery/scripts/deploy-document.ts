import { posix } from 'node:path';
import { givenFiles, givenFolders } from '../../shell/kubectl.ts';
import { noCalls, readDeployScript } from './deploy-script.ts';
import type { DeploySteps } from './deploy-steps.ts';
import type { DocumentExamples } from './find-deploy-scripts.ts';
import { builtFolders, isApply, kubectlCalls } from './kubectl-calls.ts';
import { readDeploySteps } from './read-deploy-steps.ts';

/** A document with commands that people type to deploy by hand. */
export interface DeployDocument {
  /** Absolute path. */
  readonly path: string;
  readonly isReadme: boolean;
  readonly steps: DeploySteps;
  /**
   * The files and folders that its examples name, as far as they are known: `k8s/overlays` of `k8s/overlays/<env>`.
   * Without `.` and `..` at the start.
   */
  readonly named: readonly string[];
  /** Whether it also applies or builds something that they do not name, such as `.` or `$FILE`. */
  readonly leavesOpen: boolean;
}

/** Reads the examples of a document. */
export function readDocument({ path, examples }: DocumentExamples, holds: (path: string) => boolean): DeployDocument {
  const texts = examples.map((text) => ({ path, text }));
  const handled = examples.flatMap(handledPaths);
  const named = [...handled, ...examples.flatMap(otherPaths)].map(knownPart);
  return {
    path,
    isReadme: /^readme\b/i.test(posix.basename(path)),
    steps: readDeploySteps(texts, holds),
    named: [...new Set(named)].filter((name) => name !== ''),
    leavesOpen: handled.some((each) => knownPart(each) === ''),
  };
}

/** The files and folders that commands apply or build. */
function handledPaths(example: string): string[] {
  const commands = readDeployScript(example, noCalls);
  const applied = kubectlCalls(commands)
    .filter(isApply)
    .flatMap((args) => [...givenFiles(args), ...givenFolders(args)]);
  return [...applied, ...builtFolders(commands)].filter((path) => path !== '-' && !/^https?:/.test(path));
}

/** The folders that commands enter, and what else looks like a path, such as the value of a variable. */
function otherPaths(example: string): string[] {
  const words = example.split(/[\s"'`=;|&()]+/);
  return words.filter((word, index) => /\/|\.ya?ml$/.test(word) || /^(cd|pushd)$/.test(words[index - 1] ?? ''));
}

/** The part of a path before what is only known to the reader: a variable, a placeholder such as `<env>`, a `*`. */
function knownPart(path: string): string {
  const parts = path.split('/').filter((part) => !/^(\.{0,2}|~)$/.test(part));
  const end = parts.findIndex((part) => /[\0*<>{}[\]$]/.test(part));
  return (end < 0 ? parts : parts.slice(0, end)).join('/');
}

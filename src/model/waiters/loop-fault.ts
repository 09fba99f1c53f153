import { argvOf } from '../../objects/argv.ts';
import type { Present } from '../../objects/view.ts';
import type { JobWaiter } from './waiter.ts';

/** Why a shell loop over `kubectl get job` ends before the migration is done. */
export interface LoopFault {
  /**
   * `exists`: it ends once the Job exists. `gives up`: after a number of rounds, without an error. `any`: with any
   * finished Job.
   */
  readonly kind: 'exists' | 'gives up' | 'any';
  readonly script: Present<string>;
  /** The part of the script that shows it. */
  readonly part: string;
}

/** Recognises common loops, whose end can be seen from their text; undefined for any other. */
export function findLoopFault({ tool, container }: JobWaiter): LoopFault | undefined {
  const scripts = argvOf(container).filter(({ value }) => value.includes('kubectl'));
  const [script, ...others] = scripts;
  // With several calls of kubectl, one may make up for the other.
  if (tool !== 'kubectl get' || script === undefined || others.length > 0) return undefined;
  if (script.value.length > longestScript || script.value.split('kubectl').length !== 2) return undefined;
  for (const [kind, findPart] of shapes) {
    const part = findPart(script.value);
    if (part !== undefined) return { kind, script, part };
  }
  return undefined;
}

/** Waiting loops are short. */
const longestScript = 1000;

const shapes: readonly (readonly [LoopFault['kind'], (script: string) => string | undefined])[] = [
  ['exists', findBareGet],
  ['any', (script) => anyJob.exec(script)?.[1]],
  ['gives up', (script) => endingInSleep.exec(script)?.[1]],
];

/** The call of kubectl in a loop that ends once it succeeds, unless its options or output may be about more. */
function findBareGet(script: string): string | undefined {
  const [before = '', after = ''] = script.split('kubectl');
  if (!/(?:until|while !)$/.test(before.trimEnd())) return undefined;
  const [, call = ''] = /^( get job[^;|\n]*)[;\n]\s*do\b/.exec(after) ?? [];
  const bare = call.replace(/[12&]?>.*/, '').trimEnd();
  if (call === '' || bare.includes('$') || /\s-o|\s--output|\s-w|--watch/.test(call)) return undefined;
  return `kubectl${bare}`;
}

const anyJob =
  /(kubectl get jobs?(?: -n \S+| --no-headers)*)\s*\|\s*grep (?:-\w+ )*["']?(?:1\/1|Complete)["']?\s*[;)\n]/;

/** Nothing follows the loop, so its last command, a `sleep`, decides the exit code. */
const endingInSleep =
  /^\s*(?:set -\w+(?: pipefail)?[ \t]*[;\n]\s*)?(for \w+ in [^;\n]+)[;\n](?=[\s\S]*\b(?:exit 0|break)\b)(?![\s\S]*\bexit [1-9])[\s\S]*\bsleep \S+[ \t]*[;\n]\s*done\s*$/;

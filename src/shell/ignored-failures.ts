import type { ScriptStep, ShellScript } from './shell-script.ts';

/** The commands of a script whose failures change nothing, by their indices. */
export interface IgnoredFailures {
  /** The script continues and exits as if they had succeeded. */
  readonly ignored: ReadonlySet<number>;
  /** It exits as if all had succeeded, whatever fails in it; without those in `while` and `until`. */
  readonly unnoticed: ReadonlySet<number>;
}

/** How a shell is started. */
export interface ShellFlags {
  /** With `-e`, which has the effect of `set -e` at the top. */
  readonly errexit?: boolean;
  /** With `-o pipefail`. */
  readonly pipefail?: boolean;
}

/** Scripts with more steps are not judged, since each step is judged by all that follow it. */
const stepLimit = 500;

/** Finds the commands of a script whose failure nobody notices. */
export function findIgnoredFailures(
  { steps, straightFrom }: ShellScript,
  { errexit = false, pipefail = false }: ShellFlags,
): IgnoredFailures {
  const isShort = steps.length <= stepLimit;
  const isPlain = straightFrom < Number.POSITIVE_INFINITY;
  return {
    ignored: new Set([
      ...(isShort ? findUnchecked(steps, straightFrom, errexit) : []),
      ...(isShort && isPlain && !pipefail ? findSwallowed(steps) : []),
    ]),
    unnoticed: new Set(
      neverFails(steps, errexit) ? [...steps.keys()].filter((index) => steps[index]?.isRepeated === false) : [],
    ),
  };
}

/**
 * By POSIX's rules for lists, and for `set -e`, which ignores the failure of a command that is followed by `&&`.
 * @param start the steps before it are not judged
 */
function findUnchecked(steps: readonly ScriptStep[], start: number, startsStrict: boolean): Set<number> {
  const ignored = new Set<number>();
  const stopsOnFailure = (before: number): boolean => startsStrict || steps.slice(0, before).some(setsErrexit);
  for (let index = start; index < steps.length; index++) {
    let last = index;
    while (steps[last]?.operator === '&&') last++;
    // It is not known which branch of a condition runs.
    if (steps.slice(index, last + 1).some(({ isConditional }) => isConditional)) continue;
    const [next, ...later] = steps.slice(last + 1);
    if (next === undefined || [next, ...later].some(mayFailFor)) continue;
    const swallowed = steps[last]?.operator === '||' ? alwaysSucceeds(next) : last > index || !stopsOnFailure(index);
    if (swallowed) ignored.add(index);
  }
  return ignored;
}

/**
 * The commands whose output goes through a pipe to programs that succeed whatever comes: without `pipefail` a pipeline
 * exits as its last command does. None if a later command may look at the outcome or at the log.
 */
function findSwallowed(steps: readonly ScriptStep[]): number[] {
  return steps.flatMap(({ operator, isConditional, isRepeated }, index) => {
    if (operator !== '|' || isConditional || isRepeated) return [];
    let last = index + 1;
    while (steps[last]?.operator === '|') last++;
    const copies = steps.slice(index + 1, last + 1).every(({ words: [program] }) => copiers.test(program ?? ''));
    const isSet = steps
      .slice(0, index)
      .some(({ words }) => words[0] === 'set' && words.some((word) => /pipefail/.test(word)));
    const isChecked = steps.slice(last + 1).some((step) => mayFailFor(step) || looksAtLog.test(step.words.join(' ')));
    return copies && !isSet && !isChecked ? [index] : [];
  });
}

/** Programs that pass on or keep what they read, and succeed. */
const copiers = /^(tee|cat|ts|logger|sed)$/;

const looksAtLog = /\b(grep|awk|PIPESTATUS|pipestatus)\b/;

function setsErrexit({ words }: ScriptStep): boolean {
  return words[0] === 'set' && words.some((word) => /^-\w*e|^errexit$/.test(word));
}

/** Whether the last command always succeeds, and no other makes the script stop. */
function neverFails(steps: readonly ScriptStep[], startsStrict: boolean): boolean {
  const last = steps.at(-1);
  if (last === undefined || last.isConditional || !alwaysSucceeds(last) || startsStrict) return false;
  if (steps.at(-2)?.operator === '&&') return false;
  return !steps.some((step) => setsErrexit(step) || mayFailFor(step) || mayStop.test(step.words[0] ?? ''));
}

/** Commands that may end a script with a failure, or change what a failure does. */
const mayStop = /^(\.|source|trap|exec|eval|return|kill)$/;

/** Whether a step checks the outcome of the command before, or makes the script fail. */
function mayFailFor({ words }: ScriptStep): boolean {
  return words.some((word) => word.includes('$?')) || (words[0] === 'exit' && words[1] !== '0') || words[0] === 'false';
}

function alwaysSucceeds({ words: [program, argument] }: ScriptStep): boolean {
  return /^(true|:|echo|printf|sleep)$/.test(program ?? '') || (program === 'exit' && argument === '0');
}

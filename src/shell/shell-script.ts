/**
 * Reads the simple commands of a POSIX shell script as lists of words: enough to see which programs it starts with
 * which arguments. Resolves quotes and escapes, reads command substitutions as commands of their own, and keeps
 * variables as written. Redirections and here-documents are not understood.
 * @param startsStrict the shell was started with `-e`, which has the effect of `set -e` at the top
 * @param startsPipefail the shell was started with `-o pipefail`
 */
export function readScript(script: string, startsStrict = false, startsPipefail = false): ShellScript {
  const reader = new ScriptReader(script);
  reader.readUntil(undefined);
  const { steps, loops, straightFrom } = reader;
  const isShort = steps.length <= stepLimit;
  const swallowed = isShort && !startsPipefail && straightFrom < Number.POSITIVE_INFINITY ? findSwallowed(steps) : [];
  return {
    commands: steps.map(({ words }) => words),
    loops,
    ignored: new Set([...(isShort ? findIgnored(steps, straightFrom, startsStrict) : []), ...swallowed]),
    unnoticed: new Set(
      neverFails(steps, startsStrict) ? [...steps.keys()].filter((index) => steps[index]?.isRepeated === false) : [],
    ),
  };
}

/** Scripts with more steps are not judged, since each step is judged by all that follow it. */
const stepLimit = 500;
/** How deep substitutions are read; deeper ones are taken as text. */
const depthLimit = 100;

/** What a script runs. */
export interface ShellScript {
  readonly commands: readonly (readonly string[])[];
  /** Whether it holds a loop. */
  readonly loops: boolean;
  /** Indices of the commands whose failure changes nothing: the script continues and exits as if they had succeeded. */
  readonly ignored: ReadonlySet<number>;
  /** Indices of the commands outside of `while` and `until`, if it exits as if all had succeeded, whatever fails in it. */
  readonly unnoticed: ReadonlySet<number>;
}

interface Step {
  readonly words: readonly string[];
  /** The operator after it: `&&`, `||`, `|`, `;`, a line break, or nothing at the end. */
  readonly operator: string;
  /** Whether it is in an `if`, as its condition or in one of its branches. */
  readonly isConditional: boolean;
  /** Whether it is in a `while` or `until`, which may run until it succeeds. */
  readonly isRepeated: boolean;
}

/**
 * By POSIX's rules for lists, and for `set -e`, which ignores the failure of a command that is followed by `&&`.
 * @param start the steps before it are not judged
 */
function findIgnored(steps: readonly Step[], start: number, startsStrict: boolean): Set<number> {
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
function findSwallowed(steps: readonly Step[]): number[] {
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

function setsErrexit({ words }: Step): boolean {
  return words[0] === 'set' && words.some((word) => /^-\w*e|^errexit$/.test(word));
}

/** Whether the last command always succeeds, and no other makes the script stop. */
function neverFails(steps: readonly Step[], startsStrict: boolean): boolean {
  const last = steps.at(-1);
  if (last === undefined || last.isConditional || !alwaysSucceeds(last) || startsStrict) return false;
  if (steps.at(-2)?.operator === '&&') return false;
  return !steps.some((step) => setsErrexit(step) || mayFailFor(step) || mayStop.test(step.words[0] ?? ''));
}

/** Commands that may end a script with a failure, or change what a failure does. */
const mayStop = /^(\.|source|trap|exec|eval|return|kill)$/;

/** Whether a step checks the outcome of the command before, or makes the script fail. */
function mayFailFor({ words }: Step): boolean {
  return words.some((word) => word.includes('$?')) || (words[0] === 'exit' && words[1] !== '0') || words[0] === 'false';
}

function alwaysSucceeds({ words: [program, argument] }: Step): boolean {
  return /^(true|:|echo|printf|sleep)$/.test(program ?? '') || (program === 'exit' && argument === '0');
}

/** Reserved words that may come before a command. */
const reservedWords = new Set(['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', 'time']);
const loneWords = new Set(['fi', 'done', 'esac', '}']);
const conditionalWords = new Set(['if', 'then', 'else', 'elif', 'fi']);
/** A condition on variables and files; one that runs a program may check the outcome of earlier commands. */
const plainCondition = /^(\[\[?|test)$/;

class ScriptReader {
  /** The commands, each with the operator after it. */
  readonly steps: Step[] = [];
  loops = false;
  /**
   * The index of the step from which commands only follow each other, possibly in an `if`: without loops, subshells,
   * pipes and background jobs. Infinite after a function, a background job or `trap`, which may do anything later.
   */
  straightFrom = 0;
  /** The open loops. */
  readonly #loops: ('for' | 'while')[] = [];
  /** The open `if`s: whether a condition runs a program, which may check the outcome of earlier commands. */
  readonly #conditions: boolean[] = [];
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads commands up to and including a closing character, or to the end. */
  readUntil(close: string | undefined): void {
    let words: string[] = [];
    let word: string | undefined;
    const endWord = (): void => {
      if (word !== undefined) words.push(word);
      word = undefined;
    };
    const endCommand = (operator: string): void => {
      endWord();
      this.#add(words, operator);
      words = [];
    };
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at++);
      if (char === close) break;
      if (char === '\\' && this.#text[this.#at] === '\n') this.#at++;
      else if (char === '\\') word = (word ?? '') + this.#escaped();
      else if (char === "'") word = (word ?? '') + this.#upTo("'");
      else if (char === '"') word = (word ?? '') + this.#doubleQuoted();
      else if (char === '`') word = (word ?? '') + this.#substitution('`');
      else if (char === '$' && this.#text[this.#at] === '(') word = (word ?? '') + this.#substitution(')');
      else if (char === '#' && word === undefined) this.#skipLine();
      else if (char === '&' && this.#isRedirection()) word = `${word ?? ''}&`;
      else if (/[\n;|&()]/.test(char)) endCommand(this.#operator(char));
      else if (/\s/.test(char)) endWord();
      else word = (word ?? '') + char;
    }
    endCommand('');
  }

  #add(words: string[], operator: string): void {
    const start = words.findIndex((word) => !reservedWords.has(word) && !loneWords.has(word));
    const command = start < 0 ? [] : words.slice(start);
    const before = words.slice(0, words.length - command.length);
    for (const [index, word] of before.entries()) this.#noteReserved(word, words[index + 1]);
    const [program] = command;
    if (program === 'for') this.loops = true;
    if (program !== undefined) {
      const [isConditional, isRepeated] = [this.#conditions.length > 0, this.#loops.includes('while')];
      this.steps.push({ words: command, operator, isConditional, isRepeated });
    }
    if (program === 'for') this.#loops.push('for');
    if (/^[()&]$/.test(operator) || program === 'trap') this.#bend(Number.POSITIVE_INFINITY);
    else if (operator === '|') this.#bend(1);
    else if (/^(for|case)$/.test(program ?? '')) this.#bend(0);
  }

  #noteReserved(word: string, next: string | undefined): void {
    if (word === 'while' || word === 'until') {
      this.loops = true;
      this.#loops.push('while');
    }
    if (word === 'done') this.#loops.pop();
    const runsProgram = (word === 'if' || word === 'elif') && !plainCondition.test(next ?? '');
    if (word === 'if') this.#conditions.push(runsProgram);
    else if (runsProgram) this.#conditions[this.#conditions.length - 1] = true;
    const endsSuch = word === 'fi' && this.#conditions.pop() === true;
    if (!conditionalWords.has(word) || endsSuch) this.#bend(0);
  }

  /** Notes that the steps so far, and some that follow, are not straight. */
  #bend(following: number): void {
    this.straightFrom = Math.max(this.straightFrom, this.steps.length + following);
  }

  /** The operator that starts with a character. */
  #operator(char: string): string {
    if (!/[|&]/.test(char) || this.#text[this.#at] !== char) return char;
    this.#at++;
    return char + char;
  }

  #escaped(): string {
    const next = this.#text.charAt(this.#at++);
    return next === '\n' ? '' : next;
  }

  #upTo(quote: string): string {
    const end = this.#text.indexOf(quote, this.#at);
    const stop = end < 0 ? this.#text.length : end;
    const text = this.#text.slice(this.#at, stop);
    this.#at = stop + 1;
    return text;
  }

  #doubleQuoted(): string {
    let text = '';
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at++);
      if (char === '"') break;
      // In double quotes a backslash before any other character stays.
      if (char === '\\') text += /[$`"\\\n]/.test(this.#text.charAt(this.#at)) ? this.#escaped() : char;
      else if (char === '`') text += this.#substitution('`');
      else if (char === '$' && this.#text[this.#at] === '(') text += this.#substitution(')');
      else text += char;
    }
    return text;
  }

  /** Reads the commands of `$(…)` or backquotes; their output is not known. */
  #substitution(close: string): string {
    if (close === ')') this.#at++;
    if (this.#depth < depthLimit) {
      this.#depth++;
      this.readUntil(close);
      this.#depth--;
    }
    this.#bend(1);
    return '$()';
  }

  #skipLine(): void {
    while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at++;
  }

  /** Whether the `&` just read belongs to `2>&1` or `&>file`. */
  #isRedirection(): boolean {
    return this.#text[this.#at - 2] === '>' || this.#text[this.#at] === '>';
  }
}

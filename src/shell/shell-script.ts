import type { Words } from './words.ts';

/** What a script runs. */
export interface ShellScript {
  readonly steps: readonly ScriptStep[];
  /** Whether it holds a loop. */
  readonly loops: boolean;
  /**
   * The index of the step from which commands only follow each other, possibly in an `if`: without loops, subshells,
   * pipes and background jobs. Infinite after a function, a background job or `trap`, which may do anything later.
   */
  readonly straightFrom: number;
}

/** A simple command in a script. */
export interface ScriptStep {
  readonly words: Words;
  /** The operator after it: `&&`, `||`, `|`, `;`, a line break, or nothing at the end. */
  readonly operator: string;
  /** Whether it is in an `if`, as its condition or in one of its branches. */
  readonly isConditional: boolean;
  /** Whether it is in a `while` or `until`, which may run until it succeeds. */
  readonly isRepeated: boolean;
}

/**
 * Reads the simple commands of a POSIX shell script as lists of words: enough to see which programs it starts with
 * which arguments. Resolves quotes and escapes, reads command substitutions as commands of their own, and keeps
 * variables as written. Redirections and here-documents are not understood.
 */
export function readScript(script: string): ShellScript {
  const reader = new ScriptReader(script);
  reader.readUntil(undefined);
  return reader;
}

/** The words of a script's commands. */
export function commandsOf(script: string): Words[] {
  return readScript(script).steps.map(({ words }) => words);
}

/** How deep substitutions are read; deeper ones are taken as text. */
const depthLimit = 100;

/** Reserved words that may come before a command. */
const reservedWords = new Set(['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', 'time']);
const loneWords = new Set(['fi', 'done', 'esac', '}']);
const conditionalWords = new Set(['if', 'then', 'else', 'elif', 'fi']);
/** A condition on variables and files; one that runs a program may check the outcome of earlier commands. */
const plainCondition = /^(\[\[?|test)$/;

class ScriptReader implements ShellScript {
  readonly steps: ScriptStep[] = [];
  loops = false;
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

/**
 * Reads the simple commands out of a POSIX shell script, as lists of words: enough to see which programs it starts
 * with which arguments. Quotes and escapes are resolved, command substitutions are read as commands of their own,
 * variables stay as they are written. Redirections and here-documents are not understood.
 */
export function readScript(script: string): ShellScript {
  const reader = new ScriptReader(script);
  reader.readUntil(undefined);
  return { commands: reader.commands, loops: reader.loops };
}

/** What a script runs. */
export interface ShellScript {
  readonly commands: readonly (readonly string[])[];
  /** Whether it holds a `while` or `until` loop. */
  readonly loops: boolean;
}

/** Words of the shell's own that stand before a command. */
const reservedWords = new Set(['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', 'time']);
const loneWords = new Set(['fi', 'done', 'esac', '}']);

class ScriptReader {
  readonly commands: string[][] = [];
  loops = false;
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads commands up to a closing character, which is taken too, or to the end. */
  readUntil(close: string | undefined): void {
    let words: string[] = [];
    let word: string | undefined;
    const endWord = (): void => {
      if (word !== undefined) words.push(word);
      word = undefined;
    };
    const endCommand = (): void => {
      endWord();
      this.#add(words);
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
      else if (/[\n;|&()]/.test(char)) endCommand();
      else if (/\s/.test(char)) endWord();
      else word = (word ?? '') + char;
    }
    endCommand();
  }

  #add(words: string[]): void {
    let rest = words;
    while (rest[0] !== undefined && (reservedWords.has(rest[0]) || loneWords.has(rest[0]))) {
      if (rest[0] === 'while' || rest[0] === 'until') this.loops = true;
      rest = rest.slice(1);
    }
    if (rest.length > 0) this.commands.push(rest);
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
      // Between double quotes a backslash before any other character is one.
      if (char === '\\') text += /[$`"\\\n]/.test(this.#text.charAt(this.#at)) ? this.#escaped() : char;
      else if (char === '`') text += this.#substitution('`');
      else if (char === '$' && this.#text[this.#at] === '(') text += this.#substitution(')');
      else text += char;
    }
    return text;
  }

  /** Reads the commands of `$(…)` or of backquotes; what they print is not known. */
  #substitution(close: string): string {
    if (close === ')') this.#at++;
    this.readUntil(close);
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

/** The languages of fences that may hold commands, including none. */
const language = /^(|bash|sh|shell|zsh|console|terminal|shell-?session|powershell|pwsh|ps1)$/i;

/** How many characters a command in backquotes may have. */
const longestExample = 1000;

/** The start of a relevant command. */
const program = String.raw`(?:kubectl|kustomize|oc)\s`;
/** A command in an indented block, without its prompt. */
const indented = new RegExp(String.raw`^(?: {4}|\t)\s*(?:\$ )?(${program}.*)`);
const inline = new RegExp(`\`(${program}[^\`]+)\``, 'g');

/**
 * The commands that a Markdown document tells its reader to type: in fenced blocks that may hold shell commands, by
 * CommonMark's rules for fences (three or more backquotes or tildes, closed by as many, or by the end of the document);
 * in indented blocks; and in backquotes in a sentence. Prompts (`$ `) are removed.
 */
export function readExamples(document: string): string[] {
  if (!/kubectl|kustomize/.test(document)) return [];
  const reader = new ExampleReader();
  for (const line of document.split(/\r?\n/)) reader.read(line);
  return reader.finish();
}

class ExampleReader {
  readonly #examples: string[] = [];
  /** The lines of the block that is read, if it may hold commands. */
  #block: string[] | undefined;
  /** The marks that opened the fence around the line. */
  #fence: string | undefined;
  /** The text before the line from a backquote that is still open. */
  #open = '';

  read(line: string): void {
    const [, marks = '', info = ''] = /^[ \t>]*(`{3,}|~{3,}(?!~))([^`]*)$/.exec(line) ?? [];
    const [, command] = indented.exec(line) ?? [];
    if (this.#fence !== undefined) {
      if (info.trim() === '' && marks.startsWith(this.#fence)) this.#close();
      else this.#block?.push(line.replace(/^[ \t>]*\$ /, ''));
    } else if (command !== undefined) {
      this.#block = [...(this.#block ?? []), command];
    } else {
      this.#close();
      if (marks === '') this.#readText(line.trim());
      else this.#openFence(marks, info);
    }
  }

  /** Ends the last block, and returns all examples. */
  finish(): string[] {
    this.#close();
    return this.#examples;
  }

  #close(): void {
    if (this.#block) this.#examples.push(this.#block.join('\n'));
    this.#fence = this.#block = undefined;
  }

  #openFence(marks: string, info: string): void {
    this.#open = '';
    this.#fence = marks;
    this.#block = language.test(info.trimStart().split(/[\s{,:]/)[0] ?? '') ? [] : undefined;
  }

  #readText(line: string): void {
    const text = this.#open + line;
    for (const [, command = ''] of text.matchAll(inline)) this.#examples.push(command);
    // With an odd number of backquotes the last one is open.
    const isOpen = line !== '' && text.split('`').length % 2 === 0;
    const rest = isOpen ? `${text.slice(text.lastIndexOf('`'))} ` : '';
    this.#open = rest.length > longestExample ? '' : rest;
  }
}

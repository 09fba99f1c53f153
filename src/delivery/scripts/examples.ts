/** The languages of fences that may hold commands, including none. */
const language = /^(|bash|sh|shell|zsh|console|terminal|shell-?session|powershell|pwsh|ps1)$/i;

/** How many characters a command in backquotes may have. */
const longestExample = 1000;

/** The start of a relevant command. */
const program = String.raw`(?:kubectl|kustomize|oc)\s`;
/** A command in an indented block, without its prompt. */
const indented = new RegExp(String.raw`^(?: {4,}|\t)\s*(?:\$ )?(${program}.*)`);
const inline = new RegExp(`\`(${program}[^\`]+)\``, 'g');

/**
 * The commands that a Markdown document tells its reader to type: in fenced blocks that may hold shell commands, by
 * CommonMark's rules for fences (three or more backquotes or tildes, closed by as many, or by the end of the document);
 * in indented blocks; and in backquotes in a sentence. Prompts (`$ `) are removed.
 */
export function readExamples(document: string): string[] {
  if (!/kubectl|kustomize/.test(document)) return [];
  const blocks: string[] = [];
  let fence: string | undefined;
  let lines: string[] | undefined;
  /** The text before this line from a backquote that is still open. */
  let open = '';
  const close = (): void => {
    if (lines) blocks.push(lines.join('\n'));
    fence = lines = undefined;
  };
  for (const line of document.split(/\r?\n/)) {
    const [, marks = '', info = ''] = /^[ \t>]*(`{3,}|~{3,})[ \t]*([^`]*)$/.exec(line) ?? [];
    if (fence !== undefined) {
      if (info.trim() === '' && marks.startsWith(fence)) close();
      else lines?.push(line.replace(/^[ \t>]*\$ /, ''));
      continue;
    }
    const [, command] = indented.exec(line) ?? [];
    if (command !== undefined) {
      lines = [...(lines ?? []), command];
      continue;
    }
    close();
    if (marks === '') {
      const text = open + line.trim();
      for (const [, inlined = ''] of text.matchAll(inline)) blocks.push(inlined);
      // With an odd number of backquotes the last one is open.
      const isOpen = line.trim() !== '' && text.split('`').length % 2 === 0;
      const rest = isOpen ? `${text.slice(text.lastIndexOf('`'))} ` : '';
      open = rest.length > longestExample ? '' : rest;
    } else {
      open = '';
      fence = marks;
      lines = language.test(info.split(/[\s{,:]/)[0] ?? '') ? [] : undefined;
    }
  }
  close();
  return blocks;
}

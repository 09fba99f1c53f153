/** How a fence may say that it holds commands; a bare one may, too. */
const language = /^(|bash|sh|shell|zsh|console|terminal|shell-?session|powershell|pwsh|ps1)$/i;

/** How many characters a command between backquotes may have. */
const longestExample = 1000;

/** Words that a command starts with which somebody asks about. */
const program = String.raw`(?:kubectl|kustomize|oc)\s`;
/** A line of an indented block, whose prompt is taken off. */
const indented = new RegExp(String.raw`^(?: {4,}|\t)\s*(?:\$ )?(${program}.*)`);
const inline = new RegExp(`\`(${program}[^\`]+)\``, 'g');

/**
 * The commands that a Markdown document tells its reader to type: fenced blocks that may hold commands of a shell, by
 * CommonMark's rules for fences (three or more backquotes or tildes, closed by as many of the same, or by the document's
 * end); indented blocks; and what stands between backquotes in a sentence. Prompts (`$ `) are taken off.
 */
export function readExamples(document: string): string[] {
  if (!/kubectl|kustomize/.test(document)) return [];
  const blocks: string[] = [];
  let fence: string | undefined;
  let lines: string[] | undefined;
  /** What stands before this line and is open: a backquote has no partner yet. */
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
      for (const [, said = ''] of text.matchAll(inline)) blocks.push(said);
      // Of backquotes that are odd in number the last has no partner.
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

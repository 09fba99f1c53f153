/** How a fence may say that it holds commands; a bare one may, too. */
const language = /^(|bash|sh|shell|zsh|console|terminal|shell-?session|powershell|pwsh|ps1)$/i;

/**
 * The fenced blocks of a Markdown document that may hold commands of a shell, by CommonMark's rules for fences: three or
 * more backquotes or tildes, closed by as many of the same, or by the document's end. Prompts (`$ `) are taken off.
 */
export function readFences(document: string): string[] {
  if (!/kubectl|kustomize/.test(document)) return [];
  const blocks: string[] = [];
  let fence: string | undefined;
  let lines: string[] | undefined;
  for (const line of document.split(/\r?\n/)) {
    const [, marks = '', info = ''] = /^[ \t>]*(`{3,}|~{3,})[ \t]*([^`]*)$/.exec(line) ?? [];
    if (fence === undefined) {
      if (marks === '') continue;
      fence = marks;
      lines = language.test(info.split(/[\s{,:]/)[0] ?? '') ? [] : undefined;
    } else if (info.trim() === '' && marks.startsWith(fence)) {
      if (lines) blocks.push(lines.join('\n'));
      fence = lines = undefined;
    } else {
      lines?.push(line.replace(/^[ \t>]*\$ /, ''));
    }
  }
  if (lines) blocks.push(lines.join('\n'));
  return blocks;
}

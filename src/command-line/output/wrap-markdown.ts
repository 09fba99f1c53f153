/**
 * Formats Markdown for a terminal: wraps paragraphs and list items, keeps code blocks, and indents everything by two.
 */
export function wrapMarkdown(text: string, width: number): string {
  const lines: string[] = [];
  let inCode = false;
  for (const line of text.trim().split('\n')) {
    if (line.startsWith('```')) inCode = !inCode;
    else if (inCode) lines.push(line === '' ? '' : `      ${line}`);
    else lines.push(...wrapLine(line, width - 2).map((each) => (each === '' ? '' : `  ${each}`)));
  }
  return lines.join('\n');
}

/** Wraps one line. The continuation of a list item is aligned with its text. */
function wrapLine(line: string, width: number): string[] {
  const indentation = ' '.repeat(/^(?:\s*[-*] )?/.exec(line)?.[0].length ?? 0);
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current.trim() !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = indentation + word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}

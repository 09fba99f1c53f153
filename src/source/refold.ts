import { isBlankOrEnd } from './chars.ts';
import { Cursor } from './cursor.ts';
import { scanBlock } from './scan-block.ts';

/**
 * What becomes of a folded text (`>`) when kustomize writes an object out and reads it again, as it does before it
 * prints: go-yaml v3's writer makes an empty line too many before lines that are indented further, so the text
 * changes. Texts that the writer does not write folded stay as they are.
 */
export function refold(value: string): string {
  if (!value.includes('\n') || !canBeBlock(value)) return value;
  const cursor = new Cursor(`>${write(value)}\0`);
  cursor.indent = -1;
  return scanBlock(cursor);
}

/** Whether the writer uses a block: nothing at the end of a line or of the text that would get lost. */
export function canBeBlock(value: string): boolean {
  return !/ $| [\n\x85\u2028\u2029]|[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(value);
}

function write(value: string): string {
  let out = /^[ \n\u2028\u2029]/.test(value) ? '2' : '';
  if (!/[\n\u2028\u2029]$/.test(value)) out += '-';
  else if (value.length === 1 || /[\n\u2028\u2029]{2}$/.test(value)) out += '+';
  out += '\n';
  // The writer looks at the first text of the whole value here where it means the next line.
  const first = value.search(/[^\n\u2028\u2029]/);
  const doubles = !isBlankOrEnd(first < 0 ? 0 : value.charCodeAt(first));
  let breaks = true;
  let leadingSpaces = true;
  for (const char of value) {
    if (/[\n\u2028\u2029]/.test(char)) {
      if (!breaks && !leadingSpaces && char === '\n' && doubles) out += '\n';
      out += char;
      breaks = true;
    } else {
      if (breaks) {
        out += '  ';
        leadingSpaces = char === ' ' || char === '\t';
      }
      out += char;
      breaks = false;
    }
  }
  return breaks ? out : `${out}\n`;
}

import { Cursor } from './cursor.ts';
import { scanBlock } from './scan-block.ts';
import { canBeBlock, writeBlock } from './write-block.ts';

/**
 * What becomes of a folded text (`>`) when kustomize writes an object out and reads it again, as it does before it
 * prints: go-yaml v3's writer makes an empty line too many before lines that are indented further, so the text
 * changes. Texts that the writer does not write folded stay as they are.
 */
export function refold(value: string): string {
  if (!value.includes('\n') || !canBeBlock(value)) return value;
  const cursor = new Cursor(`>${writeBlock(value, true, '  ')}\0`);
  cursor.indent = -1;
  return scanBlock(cursor);
}

import { Cursor } from '../scan/cursor.ts';
import { scanBlock } from '../scan/scan-block.ts';
import { canBeBlock, writeBlock } from './write-block.ts';

/**
 * The value of a folded scalar (`>`) after kustomize has written the object and read it again, as it does before it
 * prints: go-yaml v3 writes one empty line too many before lines that are indented further, which changes the value.
 * Values that it does not write folded are unchanged.
 */
export function refold(value: string): string {
  if (!value.includes('\n') || !canBeBlock(value)) return value;
  const cursor = new Cursor(`>${writeBlock(value, 'folded', '  ')}\0`);
  cursor.indent = -1;
  return scanBlock(cursor);
}

import { oncePer } from '../collections/once.ts';
import type { MapEntry, MapNode, Node } from '../source/node.ts';
import { originSpan } from '../source/origin.ts';
import type { Region } from './region.ts';

/** The layout of a text, which new lines have to match. */
export interface Layout {
  /** The indentation of a map below its key, in columns. */
  readonly step: number;
  /** The indentation of a list's dashes below its key: 0, or as for a map. */
  readonly dash: number;
  readonly quote: '"' | "'";
}

/** The layout of a new file. */
export const plainLayout: Layout = { step: 2, dash: 2, quote: '"' };

/** The layout of a region, taken from the first map and the first list below a key. */
export const layoutOf = oncePer((region: Region): Layout => {
  let step: number | undefined;
  let dash: number | undefined;
  for (const { key, value } of entriesOf(region.roots)) {
    if (value.kind === 'scalar' || !isBlock(region, value) || startOf(value) < startOf(key)) continue;
    const deeper = columnOf(region, startOf(value)) - columnOf(region, startOf(key));
    if (value.kind === 'map' && deeper > 0) step ??= deeper;
    if (value.kind === 'sequence' && deeper >= 0) dash ??= deeper;
  }
  const single = region.text.split(/(?<=[\s[{,])'/).length > region.text.split(/(?<=[\s[{,])"/).length;
  return {
    step: step ?? plainLayout.step,
    dash: dash ?? step ?? plainLayout.dash,
    quote: single ? "'" : plainLayout.quote,
  };
});

/** Whether a map or list is in block style, and not in braces or brackets. */
export function isBlock(region: Region, node: Node): boolean {
  return node.kind !== 'scalar' && !/[{[]/.test(region.text.charAt(startOf(node)));
}

/** The start of a node in its region. */
export function startOf(node: Node): number {
  return originSpan(node.origin).start;
}

export function endOf(node: Node): number {
  return originSpan(node.origin).end;
}

/** The column of an offset, counted from 0. */
export function columnOf({ text }: Region, offset: number): number {
  return offset - startOfLine(text, offset);
}

export function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The end of the line at an offset, without its line break. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  const stop = end < 0 ? text.length : end;
  return text[stop - 1] === '\r' && stop > offset ? stop - 1 : stop;
}

/** The end of an entry's last line. The value of an alias is elsewhere, so it does not count. */
export function endOfEntry({ text }: Region, { key, value }: MapEntry): number {
  return endOfLine(text, startOf(value) < endOf(key) ? endOf(key) : endOf(value));
}

/** The entries of a map itself, without those merged in by `<<`. */
export function ownEntries(map: MapNode): MapEntry[] {
  const [start, end] = [startOf(map), endOf(map)];
  return map.entries.filter(({ key }) => startOf(key) >= start && endOf(key) <= end);
}

function* entriesOf(nodes: readonly Node[]): Generator<MapEntry> {
  for (const node of nodes) {
    if (node.kind === 'sequence') yield* entriesOf(node.items);
    if (node.kind !== 'map') continue;
    for (const entry of node.entries) {
      yield entry;
      yield* entriesOf([entry.value]);
    }
  }
}

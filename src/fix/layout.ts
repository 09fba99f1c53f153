import { oncePer } from '../once.ts';
import type { MapEntry, MapNode, Node } from '../source/node.ts';
import { originSpan } from '../source/origin.ts';
import type { Region } from './region.ts';

/** How a text is laid out, as far as new lines have to fit in. */
export interface Layout {
  /** By how many columns a map stands deeper than the key above it. */
  readonly step: number;
  /** By how many columns the dashes of a list do: 0, or as a map. */
  readonly dash: number;
  readonly quote: '"' | "'";
}

/** What is written where nothing shows a custom: a file of its own. */
export const plainLayout: Layout = { step: 2, dash: 2, quote: '"' };

/** The layout of a region, by the first map and the first list that stand below a key. */
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

/** Whether a map or list is written on lines of its own rather than in braces or brackets. */
export function isBlock(region: Region, node: Node): boolean {
  return node.kind !== 'scalar' && !/[{[]/.test(region.text.charAt(startOf(node)));
}

/** Where a node starts in its region. */
export function startOf(node: Node): number {
  return originSpan(node.origin).start;
}

export function endOf(node: Node): number {
  return originSpan(node.origin).end;
}

/** The column of an offset, from 0. */
export function columnOf({ text }: Region, offset: number): number {
  return offset - startOfLine(text, offset);
}

export function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line ends that an offset is on, without its line break. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  const stop = end < 0 ? text.length : end;
  return text[stop - 1] === '\r' && stop > offset ? stop - 1 : stop;
}

/** Where the last line ends that belongs to an entry. The value of an alias stands elsewhere. */
export function endOfEntry({ text }: Region, { key, value }: MapEntry): number {
  return endOfLine(text, startOf(value) < endOf(key) ? endOf(key) : endOf(value));
}

/** The entries that are written in a map itself, and not merged into it by `<<`. */
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

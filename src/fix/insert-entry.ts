import type { Value } from '../findings/fix.ts';
import type { MapEntry, MapNode } from '../source/node.ts';
import { CannotFix } from './cannot-fix.ts';
import type { Edit } from './edit.ts';
import {
  columnOf,
  endOf,
  endOfEntry,
  endOfLine,
  isBlock,
  layoutOf,
  ownEntries,
  startOf,
  startOfLine,
} from './layout.ts';
import { isMap, printEntries, printFlow } from './print-value.ts';
import type { Region } from './region.ts';

/** Keys to add to a map, with their values. */
export type NewEntries = Readonly<Record<string, Value>>;

/**
 * Adds keys to a map: scalars after the scalars that the map starts with, other values at its end.
 * @param owner the entry whose value is the map, if there is one
 */
export function insertEntries(region: Region, map: MapNode, owner: MapEntry | undefined, added: NewEntries): Edit {
  const entries = ownEntries(map);
  if (!isBlock(region, map)) return insertIntoBraces(region, map, entries, added);
  const [first] = entries;
  if (first === undefined) throw new CannotFix('the map is merged in from another place');
  const column = columnOf(region, startOf(first.key));
  const lines = printEntries(added, column, layoutOf(region)).join('\n');
  const before = Object.values(added).every(isSingle) ? lastOfHead(region, entries) : entries.at(-1);
  if (before !== undefined) {
    refuseKeptBreaks(region, before);
    const at = endOfEntry(region, before);
    return region.edit(at, at, `\n${lines}`);
  }
  if (owner !== undefined && startOfLine(region.text, startOf(first.key)) > endOf(owner.key)) {
    const at = endOfLine(region.text, endOf(owner.key));
    return region.edit(at, at, `\n${lines}`);
  }
  return region.edit(startOf(first.key), startOf(first.key), `${lines.slice(column)}\n${' '.repeat(column)}`);
}

/** The last of the scalars that a map starts with. */
function lastOfHead(region: Region, entries: readonly MapEntry[]): MapEntry | undefined {
  const end = entries.findIndex(({ value }) => value.kind !== 'scalar' || isTextBlock(region, value));
  return end < 0 ? entries.at(-1) : entries[end - 1];
}

function insertIntoBraces(region: Region, map: MapNode, entries: readonly MapEntry[], added: NewEntries): Edit {
  const { text } = region;
  const json = text.charAt(startOf(entries[0]?.key ?? map)) === '"';
  const entry = printFlow(added, layoutOf(region), json).slice(1, -1);
  const last = entries.at(-1);
  if (last === undefined) return region.edit(startOf(map), endOf(map), `{${entry}}`);
  const at = Math.max(endOf(last.value), endOf(last.key));
  const line = startOfLine(text, startOf(last.key));
  const ownLine = line > startOf(map) && text.slice(line, startOf(last.key)).trim() === '';
  return region.edit(at, at, ownLine ? `,\n${text.slice(line, startOf(last.key))}${entry}` : `, ${entry}`);
}

function isSingle(value: Value): boolean {
  return !isMap(value) && typeof value !== 'object';
}

function isTextBlock({ text }: Region, value: MapEntry['value']): boolean {
  return /[|>]/.test(text.charAt(startOf(value)));
}

/** Refuses to insert after a `|+` block, because blank lines at its end are part of it. */
function refuseKeptBreaks({ text }: Region, { value }: MapEntry): void {
  if (/[|>]\d?\+/.test(text.slice(startOf(value), startOf(value) + 3))) {
    throw new CannotFix('the text block before it keeps its trailing blank lines');
  }
}

import type { Value } from '../lint/fix.ts';
import { printString } from '../source/print-scalar.ts';
import type { Layout } from './layout.ts';

/**
 * A value in block style as it stands behind a key or a dash at `column`: on the same line, which is the first, or below.
 * Lines below are indented in full.
 */
export function printBelow(value: Value, column: number, layout: Layout): string[] {
  if (isList(value) && value.every(isWord)) return [` [${value.map((word) => JSON.stringify(word)).join(', ')}]`];
  if (isList(value)) return ['', ...printItems(value, column + layout.dash, layout)];
  if (isMap(value)) return ['', ...printEntries(value, column + layout.step, layout)];
  return [` ${printScalar(value, layout)}`];
}

/** The lines of a list's items, whose dashes stand at `column`. */
export function printItems(items: readonly Value[], column: number, layout: Layout): string[] {
  const pad = ' '.repeat(column);
  return items.flatMap((item) => {
    const lines = isMap(item)
      ? printEntries(item, column + 2, layout)
      : [`${' '.repeat(column + 2)}${isList(item) ? printFlow(item, layout) : printScalar(item, layout)}`];
    return lines.map((line, index) => (index === 0 ? `${pad}- ${line.slice(column + 2)}` : line));
  });
}

/** The lines of a map's entries, whose keys stand at `column`. */
export function printEntries(map: { readonly [key: string]: Value }, column: number, layout: Layout): string[] {
  return Object.entries(map).flatMap(([key, value]) => {
    const [first = '', ...below] = printBelow(value, column, layout);
    return [`${' '.repeat(column)}${printScalar(key, layout)}:${first}`, ...below];
  });
}

/** A value on one line; in JSON where what is around it is. */
export function printFlow(value: Value, layout: Layout, json = false): string {
  if (isList(value)) return `[${value.map((item) => printFlow(item, layout, json)).join(', ')}]`;
  if (isMap(value)) {
    const entries = Object.entries(value).map(
      ([key, each]) => `${printFlow(key, layout, json)}: ${printFlow(each, layout, json)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  if (json) return JSON.stringify(value);
  const text = printScalar(value, layout);
  return typeof value === 'string' && text === value && /[,[\]{}]/.test(value) ? quote(value, layout) : text;
}

/** A single value, in quotes only where it would be read as something else without. */
export function printScalar(value: string | number | boolean, layout: Layout): string {
  if (typeof value !== 'string') return String(value);
  return printString(value, 0, 0, true) === value && value !== '' ? value : quote(value, layout);
}

function quote(text: string, layout: Layout): string {
  const simple = /^[\x20-\x7e]*$/.test(text);
  return layout.quote === "'" && simple ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

/** `["get", "list"]`: this is how lists of words are written in roles. */
function isWord(value: Value): boolean {
  return typeof value === 'string' && /^[\w*-]*$/.test(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && !isList(value);
}

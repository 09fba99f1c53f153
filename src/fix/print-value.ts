import type { Value } from '../findings/fix.ts';
import { printString } from '../source/print/print-scalar.ts';
import type { Layout } from './layout.ts';

/**
 * Prints a value in block style, to follow a key or dash at `column`. The first line continues the line of the key; the
 * others have their full indentation.
 */
export function printBelow(value: Value, column: number, layout: Layout): string[] {
  if (isList(value) && value.every(isWord)) return [` [${value.map((word) => JSON.stringify(word)).join(', ')}]`];
  if (isList(value)) return ['', ...printItems(value, column + layout.dash, layout)];
  if (isMap(value)) return ['', ...printEntries(value, column + layout.step, layout)];
  return [` ${printScalar(value, layout)}`];
}

/** Prints the items of a list, with dashes at `column`. */
export function printItems(items: readonly Value[], column: number, layout: Layout): string[] {
  const pad = ' '.repeat(column);
  return items.flatMap((item) => {
    const lines = isMap(item)
      ? printEntries(item, column + 2, layout)
      : [`${' '.repeat(column + 2)}${isList(item) ? printFlow(item, layout) : printScalar(item, layout)}`];
    return lines.map((line, index) => (index === 0 ? `${pad}- ${line.slice(column + 2)}` : line));
  });
}

/** Prints the entries of a map, with keys at `column`. */
export function printEntries(map: { readonly [key: string]: Value }, column: number, layout: Layout): string[] {
  return Object.entries(map).flatMap(([key, value]) => {
    const [first = '', ...below] = printBelow(value, column, layout);
    return [`${' '.repeat(column)}${printScalar(key, layout)}:${first}`, ...below];
  });
}

/** Prints a value on one line, optionally as JSON. */
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

/** Prints a scalar, with quotes only if it would otherwise be read as something else. */
export function printScalar(value: string | number | boolean, layout: Layout): string {
  if (typeof value !== 'string') return String(value);
  return printString(value, 0, 0, true) === value && value !== '' ? value : quote(value, layout);
}

function quote(text: string, layout: Layout): string {
  const simple = /^[\x20-\x7e]*$/.test(text);
  return layout.quote === "'" && simple ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

/** Whether a value is a word. Lists of words are printed as in roles: `["get", "list"]`. */
function isWord(value: Value): boolean {
  return typeof value === 'string' && /^[\w*-]*$/.test(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && !isList(value);
}

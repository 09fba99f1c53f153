import { bareText, checkKeys, keyText, stringValue } from '../json/json-value.ts';
import type { MapEntry, MapNode, Node, ScalarNode, SequenceNode } from '../node.ts';
import { compareKeys } from './key-order.ts';
import { printString } from './print-scalar.ts';
import { readBack } from './read-back.ts';

/**
 * Prints an object byte for byte as kustomize does: through JSON, and then with go-yaml v2, which sorts keys, does not
 * indent sequences, and folds long lines. The text ends with a line break; objects are joined with `---\n`.
 * Throws a PrintError for a value that kustomize refuses to print.
 */
export function printYaml(node: Node): string {
  const printer = new Printer();
  printer.root(node);
  return printer.text;
}

/** The longest key before a `:`, in bytes. */
const LONGEST_SIMPLE_KEY = 128;
const PADS = Array.from({ length: 64 }, (_, i) => ' '.repeat(i));

function pad(indent: number): string {
  return PADS[indent] ?? ' '.repeat(indent);
}

class Printer {
  readonly #lines: string[] = [];
  /** The current line, which is not in `#lines` yet. */
  #line = '';
  /** A line that ends with a line or paragraph separator, after which go-yaml writes no line feed. */
  #unended = '';

  root(node: Node): void {
    if (node.kind === 'map' && node.entries.length > 0) this.#map(node, 0, true);
    else if (node.kind === 'sequence' && node.items.length > 0) this.#sequence(node, 0);
    else this.#inline(node, 2, false);
  }

  get text(): string {
    // An empty last line ends the text with a line break.
    return [...this.#lines, this.#unended].join('\n');
  }

  /** Ends the current line. */
  #end(): void {
    this.#lines.push(this.#unended === '' ? this.#line : this.#unended + this.#line);
    this.#unended = '';
    this.#line = '';
  }

  /** Writes the entries of a map: the first on the current line, the others on lines of their own. */
  #map(map: MapNode, indent: number, top = false): void {
    checkKeys(map, top);
    let first = true;
    for (const entry of sorted(map.entries)) {
      if (!first) this.#line = pad(indent);
      first = false;
      this.#entry(entry, indent);
    }
  }

  #entry({ key, value }: MapEntry, indent: number): void {
    const short = isSimpleKey(key.value);
    if (short) {
      this.#line += `${printKey(key, this.#line.length, indent + 2)}:`;
    } else {
      this.#line += '?';
      this.#text(readBack(key, keyText(key), true), indent + 2);
      this.#line = `${pad(indent)}:`;
    }
    if (value.kind === 'map' && value.entries.length > 0) {
      if (short) {
        this.#end();
        this.#line = pad(indent + 2);
      } else this.#line += ' ';
      this.#map(value, indent + 2);
    } else if (value.kind === 'sequence' && value.items.length > 0) {
      if (short) {
        this.#end();
        this.#line = pad(indent);
        this.#sequence(value, indent);
      } else {
        this.#line += ' ';
        this.#sequence(value, indent + 2);
      }
    } else this.#inline(value, indent + 2, true);
  }

  #sequence(sequence: SequenceNode, indent: number): void {
    for (let i = 0; i < sequence.items.length; i++) {
      const item = sequence.items[i];
      if (item === undefined) continue;
      if (i > 0) this.#line = pad(indent);
      this.#line += '-';
      if (item.kind === 'map' && item.entries.length > 0) {
        this.#line += ' ';
        this.#map(item, indent + 2);
      } else if (item.kind === 'sequence' && item.items.length > 0) {
        this.#line += ' ';
        this.#sequence(item, indent + 2);
      } else this.#inline(item, indent + 2, true);
    }
  }

  /** Writes a value that continues the current line: a scalar or an empty collection. */
  #inline(node: Node, indent: number, space: boolean): void {
    if (node.kind !== 'scalar') {
      this.#line += (space ? ' ' : '') + (node.kind === 'map' ? '{}' : '[]');
      this.#end();
      return;
    }
    const text = stringValue(node);
    if (text === undefined) {
      this.#line += (space ? ' ' : '') + bareText(node, 'yaml');
      this.#end();
    } else this.#text(readBack(node, text, false), indent);
  }

  #text(text: string, indent: number): void {
    if (this.#line !== '') this.#line += ' ';
    const printed = printString(text, this.#line.length, indent, false);
    if (typeof printed === 'string') {
      this.#line += printed;
      this.#end();
      return;
    }
    for (const line of printed) {
      this.#line += line;
      this.#end();
    }
    if (printed[0]?.startsWith('|') && /[\u2028\u2029]$/.test(text)) {
      this.#unended = this.#lines.pop() ?? '';
    }
  }
}

function sorted(entries: readonly MapEntry[]): readonly MapEntry[] {
  for (let i = 1; i < entries.length; i++) {
    const previous = entries[i - 1]?.key.value ?? '';
    if (compareKeys(previous, entries[i]?.key.value ?? '') > 0) {
      return [...entries].sort((a, b) => compareKeys(a.key.value, b.key.value));
    }
  }
  return entries;
}

/** Whether a key is printed before a `:` instead of after a `?`: if it is short, in bytes, and on one line. */
function isSimpleKey(key: string): boolean {
  if (/[\r\n\x85\u2028\u2029]/.test(key)) return false;
  return key.length * 3 <= LONGEST_SIMPLE_KEY || Buffer.byteLength(key) <= LONGEST_SIMPLE_KEY;
}

function printKey(key: ScalarNode, column: number, indent: number): string {
  const printed = printString(readBack(key, keyText(key), true), column, indent, true);
  return typeof printed === 'string' ? printed : printed.join('');
}

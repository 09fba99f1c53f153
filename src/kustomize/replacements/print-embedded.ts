import { toJson } from '../../source/json.ts';
import type { MapEntry, MapNode, Node, ScalarNode, SequenceNode } from '../../source/node.ts';
import { PrintError } from '../../source/print-error.ts';
import { resolveScalar } from '../../source/resolve-scalar.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { keepsType } from './write-field.ts';

/**
 * The text of YAML or JSON that was embedded in a field, after a replacement changed it. `file` holds the text from
 * before, which says which of the two it is, and which maps and lists are written in braces and brackets.
 * Undefined where a JSON text has no JSON form any more.
 */
export function printEmbedded(root: Node, file: SourceFile): string | undefined {
  const before = file.text.trim();
  if (!before.startsWith('{') && !before.startsWith('[')) return printBlock(root, file);
  if (!everyScalar(root, keepsType)) return undefined;
  try {
    const json = toJson(root);
    return file.text.includes('\n') && file.text.includes('  ') ? indentJson(json) : json;
  } catch (error) {
    if (error instanceof PrintError) return undefined;
    throw error;
  }
}

function everyScalar(node: Node, holds: (scalar: ScalarNode) => boolean): boolean {
  switch (node.kind) {
    case 'scalar':
      return holds(node);
    case 'map':
      return node.entries.every(({ value }) => everyScalar(value, holds));
    case 'sequence':
      return node.items.every((item) => everyScalar(item, holds));
  }
}

/** Spreads compact JSON over lines, as Go's MarshalIndent does with two spaces. */
function indentJson(json: string): string {
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(depth)}`;
  return json.replace(/"(?:[^"\\]|\\.)*"|\{\}|\[\]|[{[\]},:]/g, (token) => {
    switch (token) {
      case '{':
      case '[':
        depth++;
        return token + line();
      case '}':
      case ']':
        depth--;
        return line() + token;
      case ',':
        return token + line();
      case ':':
        return ': ';
      default:
        return token;
    }
  });
}

function printBlock(root: Node, file: SourceFile): string {
  return new EmbeddedPrinter(file).print(root).trim();
}

/**
 * Writes YAML in go-yaml v3's layout: indented by 2, lists not at all, lines of any length, every scalar in its style.
 * Comments before an entry or item and behind a value stay; blank lines go.
 */
class EmbeddedPrinter {
  readonly #file: SourceFile;
  /** Comments that follow an entry of the top. */
  #foot: { readonly entry: MapEntry; readonly text: string } | undefined;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  print(node: Node): string {
    const foot = this.#footComments();
    const last = node.kind === 'map' ? node.entries.findLastIndex(({ key }) => this.#isOwn(key)) : -1;
    // Comments at the end belong to the last entry that was there, and stay with it when others are added.
    const keeper = node.kind === 'map' && last < node.entries.length - 1 ? node.entries[last] : undefined;
    if (keeper !== undefined && foot !== '') this.#foot = { entry: keeper, text: `\n${foot}\n` };
    const text = this.#value(node, 0, '').replace(/^[ \n]/, '');
    return foot === '' || this.#foot !== undefined ? text : `${text}\n${foot}`;
  }

  /** The comment lines at the end of the text. */
  #footComments(): string {
    const lines = this.#file.text.trimEnd().split('\n');
    const first = lines.findLastIndex((line) => !/^\s*#/.test(line)) + 1;
    return lines
      .slice(first)
      .map((line) => line.trim())
      .join('\n');
  }

  /** Whether a node was in the text before. */
  #isOwn({ origin }: Node): boolean {
    return origin.kind === 'source' && origin.file === this.#file;
  }

  /** The comment lines right above the line of a node, each ended, at a new indentation. */
  #above({ origin }: Node, pad: string): string {
    if (origin.kind !== 'source' || origin.file !== this.#file) return '';
    const { line } = this.#file.position(origin.start);
    const comments: string[] = [];
    for (let above = line - 1; above > 0; above--) {
      const text = this.#file.line(above).trim();
      if (text.startsWith('#')) comments.unshift(`${pad}${text}\n`);
      else if (text !== '') break;
    }
    return comments.join('');
  }

  /** The comment behind a node on its line. */
  #behind({ origin }: Node): string {
    if (origin.kind !== 'source' || origin.file !== this.#file) return '';
    const rest = /^:?[ \t]+(#.*)/.exec(this.#file.text.slice(origin.end, origin.end + 1000))?.[1];
    return rest === undefined ? '' : ` ${rest.trimEnd()}`;
  }

  /** A value behind a key or dash, with the space or line break before it. */
  #value(node: Node, indent: number, listIndent: string, isItem = false): string {
    switch (node.kind) {
      case 'scalar': {
        const text = printScalar(node, indent, false);
        const isBlock = node.style === 'literal' || node.style === 'folded';
        return (text === '' ? '' : ` ${text}`) + (isBlock ? '' : this.#behind(node));
      }
      case 'map':
        if (node.entries.length === 0 || this.#isFlow(node)) return ` ${this.#flow(node)}${this.#behind(node)}`;
        return `\n${this.#entries(node, indent, isItem)}`;
      case 'sequence':
        if (node.items.length === 0 || this.#isFlow(node)) return ` ${this.#flow(node)}${this.#behind(node)}`;
        return `\n${this.#items(node, listIndent)}`;
    }
  }

  #entries(map: MapNode, indent: number, isItem: boolean): string {
    const pad = ' '.repeat(indent);
    return map.entries
      .map((entry, i) => {
        const { key, value } = entry;
        const text = this.#value(value, indent + 2, pad);
        const comment = text.startsWith('\n') ? this.#behind(key) : '';
        // What stands above a list's item that is a map was written with the item.
        const above = i === 0 && isItem ? '' : this.#above(key, pad);
        const foot = entry === this.#foot?.entry ? this.#foot.text : '';
        return `${above}${pad}${printScalar(key, 0, true)}:${comment}${text}${foot}`;
      })
      .join('\n');
  }

  #items(list: SequenceNode, pad: string): string {
    const inner = `${pad}  `;
    return list.items
      .map((item) => {
        // A map or list in a list starts on the line of the dash.
        const text = this.#value(item, inner.length, inner, true);
        return `${this.#above(item, pad)}${pad}-${text.startsWith(`\n${inner}`) ? ` ${text.slice(inner.length + 1)}` : text}`;
      })
      .join('\n');
  }

  /** Whether it was written in braces or brackets, be it in the file that it was copied from. */
  #isFlow({ origin }: MapNode | SequenceNode): boolean {
    return origin.kind === 'source' && /[{[]/.test(origin.file.text[origin.start] ?? '');
  }

  #flow(node: Node): string {
    switch (node.kind) {
      case 'scalar':
        return printScalar(node, 0, true);
      case 'map':
        return `{${node.entries.map(({ key, value }) => this.#flowEntry(key, value)).join(', ')}}`;
      case 'sequence':
        return `[${node.items.map((item) => this.#flow(item)).join(', ')}]`;
    }
  }

  #flowEntry(key: ScalarNode, value: Node): string {
    const text = this.#flow(value);
    return `${printScalar(key, 0, true)}:${text === '' ? '' : ` ${text}`}`;
  }
}

/** @param inline whether it has to stand on one line: a key, or a value in braces or brackets */
function printScalar(node: ScalarNode, indent: number, inline: boolean): string {
  const fits = node.style !== 'plain' || node.tag === '!!str' || keepsType(node);
  const tag = fits ? '' : `${node.tag} `;
  const style = chooseStyle(node, inline, fits);
  switch (style) {
    case 'plain':
      return tag + node.value;
    case 'single':
      return `${tag}'${node.value.replaceAll("'", "''")}'`;
    case 'double':
      return tag + doubleQuoted(node.value);
    case 'literal':
      return tag + printLines('|', node.value, indent);
    case 'folded':
      return tag + printLines('>', node.value.replace(/(?<=[^\n ][^\n]*)\n(?=[^\n ])/g, '\n\n'), indent);
  }
}

function chooseStyle(node: ScalarNode, inline: boolean, fits: boolean): ScalarNode['style'] {
  const { value, style } = node;
  const oneLine = !value.includes('\n');
  switch (style) {
    case 'plain':
      if (!oneLine) return inline ? 'double' : 'literal';
      if (node.tag === '!!str' && resolveScalar(value) !== '!!str') return 'double';
      if (isPlain(value, inline) || (value === '' && !inline && fits)) return 'plain';
      return isPrintable(value) ? 'single' : 'double';
    case 'single':
      return oneLine && isPrintable(value) ? 'single' : 'double';
    case 'double':
      return 'double';
    case 'literal':
    case 'folded':
      return inline || !isPrintable(value) || / \n|\s$/.test(value.replace(/\n+$/, '')) ? 'double' : style;
  }
}

function isPlain(text: string, inline: boolean): boolean {
  if (text === '' || !isPrintable(text)) return false;
  if (/^\s|\s$|: |:$| #|^---|^\.\.\.|^[,[\]{}#&*!|>'"%@`]|^[-?:](?: |$)/.test(text)) return false;
  return !inline || !/[,?[\]{}]|^[-:]|:/.test(text) || /^https?:[^,?[\]{}]*$/.test(text);
}

/** What go-yaml writes as it is; it escapes what is beyond the basic plane. */
function isPrintable(text: string): boolean {
  return /^[\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(text);
}

function doubleQuoted(text: string): string {
  const special = /["\\]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu;
  return `"${text.replace(special, escapeCharacter)}"`;
}

function escapeCharacter(character: string): string {
  const short = shortEscapes.get(character);
  if (short !== undefined) return short;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}

/** What go-yaml has a letter for. */
const shortEscapes: ReadonlyMap<string, string> = new Map([
  ...['"', '\\'].map((character) => [character, `\\${character}`] as const),
  ['\0', '\\0'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\x1b', '\\e'],
  ['\x85', '\\N'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

function printLines(indicator: string, text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = text.endsWith('\n') ? (text.endsWith('\n\n') ? '+' : '') : '-';
  const lines = text.replace(/\n$/, '').split('\n');
  const pad = ' '.repeat(indent === 0 ? 2 : indent);
  return `${indicator}${hint}${chomp}\n${lines.map((line) => (line === '' ? '' : pad + line)).join('\n')}`;
}

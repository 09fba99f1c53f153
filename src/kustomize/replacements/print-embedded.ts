import type { Comment } from '../../source/comment.ts';
import { toJson } from '../../source/json.ts';
import type { MapEntry, MapNode, Node, ScalarNode, SequenceNode } from '../../source/node.ts';
import { PrintError } from '../../source/print-error.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { EmbeddedComments } from './embedded-comments.ts';
import { printEmbeddedScalar } from './print-embedded-scalar.ts';
import { keepsType } from './write-field.ts';

/**
 * The text of YAML or JSON that was embedded in a field, after a replacement changed it. `file` holds the text from
 * before, which says which of the two it is, and which maps and lists are written in braces and brackets.
 * Undefined where a JSON text has no JSON form any more.
 */
export function printEmbedded(root: Node, file: SourceFile, comments: readonly Comment[]): string | undefined {
  const before = file.text.trim();
  if (!before.startsWith('{') && !before.startsWith('[')) return printBlock(root, new EmbeddedComments(file, comments));
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

function printBlock(root: Node, comments: EmbeddedComments): string {
  return new EmbeddedPrinter(comments).print(root).trim();
}

/**
 * Writes YAML in go-yaml v3's layout: indented by 2, lists not at all, lines of any length, every scalar in its style.
 * Comments before an entry or item and behind a value stay; most empty lines go.
 */
class EmbeddedPrinter {
  readonly #comments: EmbeddedComments;
  /** Comments that follow an entry of the top. */
  #foot: { readonly entry: MapEntry; readonly text: string } | undefined;

  constructor(comments: EmbeddedComments) {
    this.#comments = comments;
  }

  print(node: Node): string {
    const foot = this.#comments.foot();
    // Comments at the end belong to the last entry that was there, and stay with it when others are added.
    const last = node.kind === 'map' ? node.entries.findLast(({ key }) => this.#comments.isOwn(key)) : undefined;
    if (last !== undefined && foot !== '') this.#foot = { entry: last, text: `\n${foot}\n` };
    const text = this.#value(node, 0, '');
    return this.#foot === undefined ? `${text}\n${foot}` : text;
  }

  /** A value behind a key or dash, with the space or line break before it. */
  #value(node: Node, indent: number, listIndent: string, isItem = false): string {
    switch (node.kind) {
      case 'scalar': {
        const text = printEmbeddedScalar(node, { indent: indent || 2, inFlow: false, isKey: false });
        const comment = this.#comments.behind(node);
        // Behind a block's header, behind anything else's end.
        if (/^(?:!\S+ )?[|>]/.test(text)) return ` ${text.replace('\n', `${comment}\n`)}`;
        return (text === '' ? '' : ` ${text}`) + comment;
      }
      case 'map':
        if (node.entries.length === 0 || this.#isFlow(node))
          return ` ${this.#flow(node, indent || 2)}${this.#comments.behind(node)}`;
        return `\n${this.#entries(node, indent, isItem)}`;
      case 'sequence':
        if (node.items.length === 0 || this.#isFlow(node))
          return ` ${this.#flow(node, indent || 2)}${this.#comments.behind(node)}`;
        return `\n${this.#items(node, listIndent)}`;
    }
  }

  #entries(map: MapNode, indent: number, isItem: boolean): string {
    const pad = ' '.repeat(indent);
    return map.entries
      .map((entry, i) => {
        const { key, value } = entry;
        // What stands above a list's item that is a map was written with the item.
        const above = i === 0 && isItem ? '' : this.#comments.above(key, pad);
        this.#comments.note(key, pad);
        const text = this.#value(value, indent + 2, pad);
        const comment = text.startsWith('\n') ? this.#comments.behind(key) : '';
        const foot = entry === this.#foot?.entry ? this.#foot.text : '';
        return `${above}${pad}${printEmbeddedScalar(key, { indent, inFlow: false, isKey: true })}:${comment}${text}${foot}`;
      })
      .join('\n');
  }

  #items(list: SequenceNode, pad: string): string {
    const inner = `${pad}  `;
    return list.items
      .map((item) => {
        const above = this.#comments.above(item, pad);
        const text = this.#value(item, inner.length, inner, true);
        // A map or list in a list starts on the line of the dash.
        return `${above}${pad}-${text.startsWith(`\n${inner}`) ? ` ${text.slice(inner.length + 1)}` : text}`;
      })
      .join('\n');
  }

  /** Whether it was written in braces or brackets, be it in the file that it was copied from. */
  #isFlow({ origin }: MapNode | SequenceNode): boolean {
    return origin.kind === 'source' && /[{[]/.test(origin.file.text[origin.start] ?? '');
  }

  /** @param indent how far the map or list itself is indented */
  #flow(node: Node, indent: number): string {
    const inner = indent + 2;
    switch (node.kind) {
      case 'scalar':
        return printEmbeddedScalar(node, { indent, inFlow: true, isKey: false });
      case 'map':
        return `{${node.entries.map(({ key, value }) => this.#flowEntry(key, value, inner)).join(', ')}}`;
      case 'sequence':
        return `[${node.items.map((item) => this.#flow(item, inner)).join(', ')}]`;
    }
  }

  #flowEntry(key: ScalarNode, value: Node, indent: number): string {
    const text = this.#flow(value, indent);
    return `${printEmbeddedScalar(key, { indent, inFlow: true, isKey: true })}: ${text}`;
  }
}

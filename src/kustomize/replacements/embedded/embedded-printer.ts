import type { MapNode, Node, ScalarNode, SequenceNode } from '../../../source/node.ts';
import type { WrittenForms } from '../../../source/written-forms.ts';
import type { EmbeddedComments } from './embedded-comments.ts';
import { EmbeddedFlowPrinter, isEmpty } from './embedded-flow-printer.ts';
import { anchorAndTag, fitsBeforeColon, printEmbeddedScalar } from './print-embedded-scalar.ts';

/**
 * Prints YAML in go-yaml v3's layout: indented by 2 except for lists, without folding lines, every scalar in its style.
 * Keeps anchors, aliases, tags, and comments as {@link EmbeddedComments} places them; most empty lines are dropped.
 */
export class EmbeddedPrinter {
  readonly #comments: EmbeddedComments;
  readonly #forms: WrittenForms;
  readonly #flow: EmbeddedFlowPrinter;
  /**
   * A comment after an anchor or tag, which moves to the end of the first line that follows and has no other comment.
   */
  #moved = '';

  constructor(comments: EmbeddedComments, forms: WrittenForms) {
    this.#comments = comments;
    this.#forms = forms;
    this.#flow = new EmbeddedFlowPrinter(comments, forms);
  }

  print(root: Node): string {
    return (this.#value(root, 0, '') + this.#comments.foot(root)).trim();
  }

  /** A value after a key or dash, with the space or line break before it. */
  #value(node: Node, indent: number, listIndent: string, key?: ScalarNode): string {
    const form = this.#forms.get(node);
    if (node.kind === 'scalar') {
      const text = printEmbeddedScalar(node, { indent: indent || 2, inFlow: false, isKey: false }, form);
      const comment = this.#lineCommentOfScalar(node, key);
      // After the header of a block scalar, or at the end of any other.
      if (/^(?:[&!]\S+ )*[|>]/.test(text)) return ` ${text.replace('\n', `${comment}\n`)}`;
      return (text === '' ? '' : ` ${text}`) + comment;
    }
    if (this.#flow.takes(node)) {
      const comment = this.#comments.lineComment(node);
      if (comment !== '') this.#takeMoved();
      return ` ${this.#flow.print(node, indent || 2)}${comment}`;
    }
    const properties = anchorAndTag(form).map((property) => ` ${property}`);
    if (properties.length > 0) this.#moved = this.#comments.lineCommentOfProperties(node);
    const text = node.kind === 'map' ? this.#entries(node, indent) : this.#items(node, listIndent, key !== undefined);
    return `${properties.join('')}\n${text}`;
  }

  #lineCommentOfScalar(node: ScalarNode, key: ScalarNode | undefined): string {
    const own = this.#comments.lineComment(node) || this.#comments.lineCommentOfProperties(node);
    return own || (key && this.#comments.lineCommentOfKey(key, node)) || this.#takeMoved();
  }

  #lineCommentOfBlockKey(key: ScalarNode, pad: string): string {
    const own = this.#comments.lineComment(key);
    const moved = this.#takeMoved();
    return moved === '' || own === '' ? moved + own : `${moved}\n${pad}${own.trimStart()}`;
  }

  #takeMoved(): string {
    const moved = this.#moved;
    this.#moved = '';
    return moved;
  }

  #entries(map: MapNode, indent: number): string {
    const pad = ' '.repeat(indent);
    const last = map.entries.findLastIndex(({ key }) => this.#comments.isOwn(key));
    const hasAdded = last < map.entries.length - 1;
    return map.entries
      .map((entry, i) => {
        const above = this.#comments.aboveKey(entry.key, pad, i === 0);
        const text = this.#entry(entry.key, entry.value, indent);
        return above + pad + text + (hasAdded && i === last ? this.#comments.belowEntry(entry) : '');
      })
      .join('\n');
  }

  #entry(key: ScalarNode, value: Node, indent: number): string {
    const form = this.#forms.get(key);
    const pad = ' '.repeat(indent);
    const keyNode = form?.keyNode ?? key;
    const fits = keyNode.kind === 'scalar' ? fitsBeforeColon(keyNode, form) : isEmpty(keyNode);
    if (!fits) return `?${this.#inline(keyNode, indent)}\n${pad}:${this.#inline(value, indent)}`;
    const keyText = form?.keyNode
      ? this.#flow.print(form.keyNode, indent)
      : printEmbeddedScalar(key, { indent, inFlow: false, isKey: true }, form);
    const isBlock = value.kind !== 'scalar' && !this.#flow.takes(value);
    const comment = isBlock ? this.#lineCommentOfBlockKey(key, pad) : '';
    const text = this.#value(value, indent + 2, pad, key);
    // go-yaml breaks the line even before an anchor or tag, and so prints what it cannot read back.
    if (comment !== '' && !text.startsWith('\n')) return `${keyText}:${comment}\n${text.trimStart()}`;
    const above = value.kind === 'scalar' ? this.#comments.aboveValue(value, pad) : '';
    // Comments between a key and a scalar on a later line move after both.
    return `${keyText}:${comment}${text}${above && `\n${above.trimEnd()}`}`;
  }

  #items(list: SequenceNode, pad: string, isBelowKey: boolean): string {
    return list.items
      .map((item, i) => {
        const above = this.#comments.aboveItem(item, pad, i === 0, isBelowKey);
        return `${above}${pad}-${this.#inline(item, pad.length)}`;
      })
      .join('\n');
  }

  /**
   * A value after `-`, `?` or `:`: a map or list starts on the same line unless an anchor, tag or comment precedes it.
   */
  #inline(node: Node, indent: number): string {
    const inner = ' '.repeat(indent + 2);
    const text = this.#value(node, inner.length, inner);
    return text.startsWith(`\n${inner}`) ? ` ${text.slice(inner.length + 1)}` : text;
  }
}

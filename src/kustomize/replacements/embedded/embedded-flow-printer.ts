import type { MapNode, Node, ScalarNode, SequenceNode } from '../../../source/node.ts';
import type { WrittenForms } from '../../../source/written-forms.ts';
import { type EmbeddedComments, isInFlow } from './embedded-comments.ts';
import { anchorAndTag, fitsBeforeColon, printEmbeddedScalar } from './print-embedded-scalar.ts';

/**
 * Prints flow collections in go-yaml v3's layout: on one line, except for comments. A comment after an item ends the
 * line; it comes after the comma, or before it if the item is a map or list.
 */
export class EmbeddedFlowPrinter {
  readonly #comments: EmbeddedComments;
  readonly #forms: WrittenForms;

  constructor(comments: EmbeddedComments, forms: WrittenForms) {
    this.#comments = comments;
    this.#forms = forms;
  }

  /** Whether a map or list is printed in flow style: it was written so in its file, or is empty. */
  takes(node: MapNode | SequenceNode): boolean {
    return isEmpty(node) || isInFlow(node);
  }

  /** @param indent the indentation of lines inside of the node */
  print(node: Node, indent: number): string {
    const form = this.#forms.get(node);
    if (node.kind === 'scalar') return printEmbeddedScalar(node, { indent, inFlow: true, isKey: false }, form);
    const inner = indent + 2;
    const parts: FlowPart[] =
      node.kind === 'map'
        ? node.entries.map(({ key, value }) => ({
            first: key,
            last: value,
            text: () => this.#entry(key, value, inner),
          }))
        : node.items.map((item) => ({ first: item, last: item, text: () => this.print(item, inner) }));
    const [open, close] = node.kind === 'map' ? (['{', '}'] as const) : (['[', ']'] as const);
    return [...anchorAndTag(form), this.#join(open, parts, node, indent) + close].join(' ');
  }

  #join(open: string, parts: readonly FlowPart[], node: Node, indent: number): string {
    const pad = ' '.repeat(indent);
    let text = open;
    let comma = '';
    for (const { first, last, text: print } of parts) {
      text += comma;
      const above = this.#comments.aboveValue(first, pad);
      if (above !== '') text += (text.endsWith('\n') ? '' : '\n') + above + pad;
      else if (text.endsWith('\n')) text += pad;
      else if (text !== open) text += ' ';
      text += print();
      const comment = this.#comments.lineCommentInFlow(last);
      comma = comment !== '' && last.kind === 'scalar' ? '' : ',';
      if (comment !== '') text += `${comma === '' ? ',' : ''}${comment}\n`;
    }
    const foot = this.#comments.aboveEnd(node, pad);
    if (foot !== '') text += `${comma}${text.endsWith('\n') ? '' : '\n'}${foot}`;
    return text.endsWith('\n') ? text + pad.slice(2) : text;
  }

  #entry(key: ScalarNode, value: Node, indent: number): string {
    const form = this.#forms.get(key);
    const text = this.print(value, indent);
    if (form?.keyNode !== undefined) return `? ${this.print(form.keyNode, indent)} : ${text}`;
    const keyText = printEmbeddedScalar(key, { indent, inFlow: true, isKey: true }, form);
    return fitsBeforeColon(key, form) ? `${keyText}: ${text}` : `? ${keyText} : ${text}`;
  }
}

export function isEmpty(node: MapNode | SequenceNode): boolean {
  return node.kind === 'map' ? node.entries.length === 0 : node.items.length === 0;
}

interface FlowPart {
  /** The nodes with which its text starts and ends. */
  readonly first: Node;
  readonly last: Node;
  text(): string;
}

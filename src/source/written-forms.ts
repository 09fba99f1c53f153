import type { Node } from './node.ts';

/**
 * Details of a text that nodes do not hold, by node, for printing it again as YAML. Nodes that were read with these
 * still have aliases, as scalars with the tag `!!alias` and their text (`*x`), and merge keys, with the tag `!!merge`.
 */
export type WrittenForms = Map<Node, WrittenForm>;

export interface WrittenForm {
  /** The name of the anchor before the node. */
  readonly anchor?: string | undefined;
  /** The tag before it, in short form (`!!str`, `!local`), or just `!`. */
  readonly tag?: string | undefined;
  /** The offset of the `-` of an item of a block sequence. */
  readonly dash?: number;
  /** The map or list that is a key, of which the node has only the text. */
  readonly keyNode?: Node;
}

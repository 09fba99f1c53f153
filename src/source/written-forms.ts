import type { Node } from './node.ts';

/**
 * What a text says beyond its tree, by node: for who writes it anew as YAML. A tree that was read so has aliases in it,
 * each a scalar of tag `!!alias` with its text (`*x`), and merge keys, of tag `!!merge`.
 */
export type WrittenForms = Map<Node, WrittenForm>;

export interface WrittenForm {
  /** The name that stands behind `&` in front of the value. */
  readonly anchor?: string | undefined;
  /** The tag in front of it, in the short form (`!!str`, `!local`), or `!` alone. */
  readonly tag?: string | undefined;
  /** The offset of the `-` of a block sequence's item. */
  readonly dash?: number;
  /** The map or list that is a key, of which the tree has the text only. */
  readonly keyNode?: Node;
}

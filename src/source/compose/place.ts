/** In a flow collection. */
export const IN_FLOW = 0;
/** In a block sequence, or at the top of a document. */
export const IN_BLOCK = 1;
/** In a block map, where the `-` of a sequence need not be indented. */
export const IN_BLOCK_MAP = 2;

/** Where a value is, which decides what collections it may be; a plain number, since there are millions of values. */
export type Place = typeof IN_FLOW | typeof IN_BLOCK | typeof IN_BLOCK_MAP;

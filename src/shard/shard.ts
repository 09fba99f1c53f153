/** One of several shares of the roots: `3/8` is the third of eight. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** Parses `3/8`; undefined for anything else. More than 1,000 shares must be a mistake. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || count === undefined || index > count || count > 1000) return undefined;
  return { index, count };
}

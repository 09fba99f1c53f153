import type { Node } from '../source/node.ts';

const words = { map: 'a map', sequence: 'a list', scalar: 'a single value' } as const;

/** A kind of node in the words of messages. */
export function describeKind(kind: Node['kind']): string {
  return words[kind];
}

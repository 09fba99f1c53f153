import type { Node } from './node.ts';

/** Whether two nodes have the same values in the same order, regardless of origin and style. */
export function equalNodes(a: Node, b: Node): boolean {
  switch (a.kind) {
    case 'scalar':
      return b.kind === 'scalar' && a.value === b.value && a.tag === b.tag;
    case 'sequence':
      return (
        b.kind === 'sequence' &&
        a.items.length === b.items.length &&
        a.items.every((item, index) => equalNodes(item, b.items[index] ?? a))
      );
    case 'map':
      return (
        b.kind === 'map' &&
        a.entries.length === b.entries.length &&
        a.entries.every(({ key, value }, index) => {
          const other = b.entries[index];
          return other !== undefined && key.value === other.key.value && equalNodes(value, other.value);
        })
      );
  }
}

import { findEntry, type MapEntry, type MapNode, type Node, type ScalarNode } from '../../source/node.ts';
import { type Origin, originSpan } from '../../source/origin.ts';
import { readAsYaml11, readKeyAsYaml11 } from './yaml11-scalar.ts';

/** A value in three forms: as it was, as printed, and as read after substitution. */
interface Sides {
  readonly before: Node;
  readonly printed: Node;
  readonly after: Node;
}

/** The origin after substitution of a range in the printed text. */
export type OriginOf = (input: Origin, start: number, end: number) => Origin;

/**
 * Rebuilds an object after substitution: unchanged values keep their nodes; all others get the new value, and an origin
 * that includes the substitution. The three forms have the same shape unless a variable's value is YAML itself.
 */
export function rebuildObject({ before, printed, after }: Sides, originOf: OriginOf): Node {
  if (before.kind === 'map' && printed.kind === 'map' && after.kind === 'map') {
    return { kind: 'map', entries: rebuildEntries(before, printed, after, originOf), origin: before.origin };
  }
  if (before.kind === 'sequence' && printed.kind === 'sequence' && after.kind === 'sequence') {
    const items = after.items.map((item, index) => {
      const [old, oldPrinted] = [before.items[index], printed.items[index]];
      if (old === undefined || oldPrinted === undefined) return replaceValue(before, printed, item, originOf);
      return rebuildObject({ before: old, printed: oldPrinted, after: item }, originOf);
    });
    return { kind: 'sequence', items, origin: before.origin };
  }
  if (before.kind === 'scalar' && printed.kind === 'scalar' && isSame(printed, after)) return before;
  return replaceValue(before, printed, after, originOf);
}

function rebuildEntries(before: MapNode, printed: MapNode, after: MapNode, originOf: OriginOf): MapEntry[] {
  const aligned = printed.entries.length === after.entries.length;
  return after.entries.map((entry, index) => {
    const other = aligned ? printed.entries[index] : findEntry(printed, entry.key.value);
    const old = other && findEntry(before, other.key.value);
    if (other === undefined || old === undefined) {
      return {
        key: replaceKey(before, printed, entry.key, originOf),
        value: replaceValue(before, printed, entry.value, originOf),
      };
    }
    return {
      key: isSame(other.key, entry.key) ? old.key : replaceKey(old.key, other.key, entry.key, originOf),
      value: rebuildObject({ before: old.value, printed: other.value, after: entry.value }, originOf),
    };
  });
}

function isSame(printed: ScalarNode, after: Node): boolean {
  return after.kind === 'scalar' && after.value === printed.value && after.style === printed.style;
}

function replaceKey(before: Node, printed: Node, after: ScalarNode, originOf: OriginOf): ScalarNode {
  return { ...readKeyAsYaml11(after), origin: newOrigin(before, printed, originOf) };
}

/** The new value; everything in it gets the origin of the value that it replaces. */
function replaceValue(before: Node, printed: Node, after: Node, originOf: OriginOf): Node {
  const origin = newOrigin(before, printed, originOf);
  const replace = (node: Node): Node => {
    switch (node.kind) {
      case 'scalar':
        return { ...readAsYaml11(node), origin };
      case 'sequence':
        return { kind: 'sequence', items: node.items.map(replace), origin };
      case 'map':
        return {
          kind: 'map',
          entries: node.entries.map(({ key, value }) => ({
            key: { ...readKeyAsYaml11(key), origin },
            value: replace(value),
          })),
          origin,
        };
    }
  };
  return replace(after);
}

function newOrigin(before: Node, printed: Node, originOf: OriginOf): Origin {
  const { start, end } = originSpan(printed.origin);
  return originOf(before.origin, start, end);
}

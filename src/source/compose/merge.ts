import { cloneNode, type MapEntry, type MapNode, type Node } from '../node.ts';
import type { SourceOrigin } from '../origin.ts';
import { Refusal } from '../syntax-problem.ts';

/**
 * Resolves the merge key of a map, as kyaml does right after reading: the map's own entries come first and win, then the
 * merged ones; of several merged maps, the first in the list wins. A quoted `<<` is removed as well, with or without a
 * merge; that is a bug in kyaml, which trees depend on.
 * @param isAlias whether the merge key's value was written as an alias, which must name a map
 * @param base the offset of the document in the file
 */
export function mergeEntries(map: MapNode, isAlias: boolean, base: number): void {
  let merge: MapEntry | undefined;
  for (const entry of map.entries) {
    if (entry.key.tag !== '!!merge') continue;
    if (merge !== undefined)
      throw refuse('a map can have one merge key << only; merge a list instead', entry.key, base);
    merge = entry;
  }
  const sources = merge === undefined ? [] : sourcesOf(merge.value, isAlias, merge.key, base);
  const quoted = map.entries.findIndex(({ key }) => key.value === '<<');
  if (quoted >= 0) map.entries.splice(quoted, 1);
  const own = new Set(map.entries.map(({ key }) => key.value));
  const merged = new Map<string, MapEntry>();
  for (const source of sources) {
    for (const { key, value } of source.entries) {
      if (own.has(key.value)) continue;
      const entry = merged.get(key.value);
      if (entry === undefined) {
        const added = { key, value: cloneNode(value) };
        merged.set(key.value, added);
        map.entries.push(added);
      } else {
        entry.key = key;
        entry.value = cloneNode(value);
      }
    }
  }
}

/** The maps to merge; later ones win. */
function sourcesOf(value: Node, isAlias: boolean, key: Node, base: number): MapNode[] {
  if (value.kind === 'map') return [value];
  if (value.kind === 'sequence' && !isAlias) {
    const maps = value.items.filter((item) => item.kind === 'map');
    if (maps.length === value.items.length) return maps.reverse();
  }
  throw refuse('a merge key << takes a map, an alias of a map, or a list of these', key, base);
}

function refuse(message: string, node: Node, base: number): Refusal {
  const { start, end } = node.origin as SourceOrigin;
  return new Refusal('bad-merge', message, start - base, end - base);
}

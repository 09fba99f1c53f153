/** Groups items by their keys, of which each may have several. A group has no duplicates, and keeps the order of the items. */
export function groupBy<T, K>(all: readonly T[], keysOf: (each: T) => readonly K[]): Map<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const each of all) {
    for (const key of keysOf(each)) {
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [each]);
      else if (known.at(-1) !== each) known.push(each);
    }
  }
  return groups;
}

/** The entries of keys that have only one value. */
export function onlyValues<K, V>(entries: Iterable<readonly [key: K, value: V]>): Map<K, V> {
  const values = new Map<K, V>();
  const several = new Set<K>();
  for (const [key, value] of entries) {
    if (values.has(key) && values.get(key) !== value) several.add(key);
    values.set(key, value);
  }
  for (const key of several) values.delete(key);
  return values;
}

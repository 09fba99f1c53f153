/** Works something out when it is first asked for, and not again. */
export function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}

/** Works something out for an object when it is first asked for, and not again as long as the object is in use. */
export function oncePer<K extends WeakKey, V>(work: (key: K) => V): (key: K) => V {
  const done = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let known = done.get(key);
    if (known === undefined) {
      known = { value: work(key) };
      done.set(key, known);
    }
    return known.value;
  };
}

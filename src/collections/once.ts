/** Computes a value on the first call, and returns the same value afterwards. */
export function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}

/** Computes a value once per object, and remembers it as long as the object exists. */
export function oncePer<K extends WeakKey, V>(work: (key: K) => V): (key: K) => V {
  return remember(new WeakMap<K, Done<V>>(), work);
}

/** Computes a value once per text, and remembers it as long as the function exists. */
export function oncePerText<V>(work: (text: string) => V): (text: string) => V {
  return remember(new Map<string, Done<V>>(), work);
}

/** A computed value, which may be undefined. */
interface Done<V> {
  readonly value: V;
}

function remember<K, V>(
  done: { get(key: K): Done<V> | undefined; set(key: K, value: Done<V>): unknown },
  work: (key: K) => V,
): (key: K) => V {
  return (key) => {
    let known = done.get(key);
    if (known === undefined) {
      known = { value: work(key) };
      done.set(key, known);
    }
    return known.value;
  };
}

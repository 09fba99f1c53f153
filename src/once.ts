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
  return remember(new WeakMap<K, Done<V>>(), work);
}

/** The same for texts, each of which is remembered as long as the function is in use. */
export function oncePerText<V>(work: (text: string) => V): (text: string) => V {
  return remember(new Map<string, Done<V>>(), work);
}

/** A value that may be undefined, and is there. */
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

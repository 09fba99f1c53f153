/**
 * Finds what points at a folder with a `path` relative to the top of some repository. The top is not known here, so the
 * folder's path must end in that path. `./` and an empty path mean the top and match nothing. A `*` stands for any
 * characters but `/`.
 */
export class PathIndex<Value> {
  readonly #byPath = new Map<string, Map<number, Value>>();
  readonly #patterns: { readonly pattern: RegExp; readonly index: number; readonly value: Value }[] = [];

  /** @param pathOf the path that a value points at, if any */
  constructor(values: readonly Value[], pathOf: (value: Value) => string | undefined) {
    for (const [index, value] of values.entries()) {
      const parts = partsOf(pathOf(value) ?? '');
      if (parts.length === 0 || parts.includes('..')) continue;
      const path = parts.join('/');
      if (path.includes('*')) {
        this.#patterns.push({ pattern: patternOf(path), index, value });
        continue;
      }
      const known = this.#byPath.get(path) ?? new Map<number, Value>();
      this.#byPath.set(path, known.set(index, value));
    }
  }

  /** The values that point at an absolute folder, in the order in which they were given. */
  find(folder: string): Value[] {
    const parts = partsOf(folder);
    const found = parts.flatMap((_, start) => [...(this.#byPath.get(parts.slice(start).join('/')) ?? [])]);
    for (const { pattern, index, value } of this.#patterns) if (pattern.test(folder)) found.push([index, value]);
    return found.sort(([a], [b]) => a - b).map(([, value]) => value);
  }
}

function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '[^/]*');
  return new RegExp(`(?:^|/)${escaped}/?$`);
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

import { globMatcher } from '../../text/glob.ts';

/**
 * Finds what points at a folder with a `path` relative to the top of some repository. The top is not known here, so the
 * folder's path must end in that path. `./` and an empty path mean the top and match nothing. A `*` stands for any
 * characters but `/`.
 */
export class PathIndex<Value> {
  readonly #byPath = new Map<string, Map<number, Value>>();
  readonly #patterns: {
    readonly matches: (parts: readonly string[]) => boolean;
    readonly index: number;
    readonly value: Value;
  }[] = [];

  /** @param pathOf the path that a value points at, if any */
  constructor(values: readonly Value[], pathOf: (value: Value) => string | undefined) {
    for (const [index, value] of values.entries()) {
      const parts = partsOf(pathOf(value) ?? '');
      if (parts.length === 0 || parts.includes('..')) continue;
      const path = parts.join('/');
      if (path.includes('*')) {
        this.#patterns.push({ matches: matchEnd(parts), index, value });
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
    for (const { matches, index, value } of this.#patterns) if (matches(parts)) found.push([index, value]);
    return found.sort(([a], [b]) => a - b).map(([, value]) => value);
  }
}

/** Matches the parts of paths that end in these parts. */
function matchEnd(patterns: readonly string[]): (parts: readonly string[]) => boolean {
  // Of what has a meaning in globs, only the `*` has one here.
  const ending = patterns.map((pattern) => globMatcher(pattern.replace(/[?[\\]/g, '\\$&')));
  return (parts) => {
    const above = parts.length - ending.length;
    return above >= 0 && ending.every((matches, index) => matches?.(parts[above + index] ?? ''));
  };
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

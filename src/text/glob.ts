/**
 * Compiles a pattern with `*`, `?`, `[a-z]`, `[^a]` and `\`, as in Go's path.Match, except that `*` and `?` also match
 * slashes. Undefined if the pattern is malformed; it then matches nothing.
 */
export function compileGlob(pattern: string): GlobTerm[] | undefined {
  const terms: GlobTerm[] = [];
  const characters = [...pattern];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] as string;
    if (character === '*') terms.push('any-run');
    else if (character === '?') terms.push('any-one');
    else if (character === '[') {
      const found = readClass(characters, i + 1);
      if (found === undefined) return undefined;
      terms.push(found.accepts);
      i = found.last;
    } else {
      if (character === '\\') i += 1;
      const literal = characters[i];
      if (literal === undefined) return undefined;
      terms.push((other) => other === literal);
    }
  }
  return terms;
}

/**
 * What decides whether a whole text matches a pattern. It may be called often: the pattern is compiled once.
 * Undefined if the pattern is malformed.
 */
export function globMatcher(pattern: string): ((text: string) => boolean) | undefined {
  if (!/[*?[\\]/.test(pattern)) return (text) => text === pattern;
  const terms = compileGlob(pattern);
  return terms && ((text) => matchesGlob(terms, [...text]));
}

/** What one part of a pattern matches. */
export type GlobTerm = 'any-run' | 'any-one' | ((character: string) => boolean);

/** Whether the whole text, given as characters, matches. */
export function matchesGlob(terms: readonly GlobTerm[], text: readonly string[]): boolean {
  let term = 0;
  let at = 0;
  // Where to retry when a later term fails: the last `*` matches one more character.
  let retry: { term: number; at: number } | undefined;
  while (at < text.length) {
    const current = terms[term];
    if (current === 'any-run') {
      retry = { term: term + 1, at };
      term += 1;
    } else if (current !== undefined && (current === 'any-one' || current(text[at] as string))) {
      term += 1;
      at += 1;
    } else if (retry !== undefined) {
      retry.at += 1;
      ({ term, at } = retry);
    } else {
      return false;
    }
  }
  while (terms[term] === 'any-run') term += 1;
  return term === terms.length;
}

/** The indices of the terms that may match next; contains the number of terms if the text so far matches. */
export type GlobStates = ReadonlySet<number>;

/** The states before the first character, to advance with {@link advanceGlob} if all matching prefixes are needed. */
export function startGlob(terms: readonly GlobTerm[]): GlobStates {
  return passRuns(terms, [0]);
}

/** The states after one more character. */
export function advanceGlob(terms: readonly GlobTerm[], states: GlobStates, character: string): GlobStates {
  const next: number[] = [];
  for (const index of states) {
    const term = terms[index];
    if (term === 'any-run') next.push(index);
    else if (term === 'any-one' || term?.(character)) next.push(index + 1);
  }
  return passRuns(terms, next);
}

/** Adds the states after each `*`, which may match nothing. */
function passRuns(terms: readonly GlobTerm[], indices: readonly number[]): GlobStates {
  const states = new Set<number>();
  for (const start of indices) {
    let index = start;
    for (; terms[index] === 'any-run'; index++) states.add(index);
    states.add(index);
  }
  return states;
}

interface CharacterClass {
  accepts: (character: string) => boolean;
  /** Index of the closing bracket. */
  last: number;
}

function readClass(characters: readonly string[], start: number): CharacterClass | undefined {
  const ranges: { low: string; high: string }[] = [];
  const negated = characters[start] === '^';
  let at = negated ? start + 1 : start;
  const member = (): string | undefined => {
    if (characters[at] === ']' || characters[at] === '-') return undefined;
    if (characters[at] === '\\') at += 1;
    return characters[at++];
  };
  while (characters[at] !== ']' || ranges.length === 0) {
    const low = member();
    if (low === undefined) return undefined;
    let high: string | undefined = low;
    if (characters[at] === '-') {
      at += 1;
      high = member();
    }
    if (high === undefined) return undefined;
    ranges.push({ low, high });
  }
  const holds = (code: number) =>
    ranges.some(({ low, high }) => codeOf(low) <= code && code <= codeOf(high)) !== negated;
  return { accepts: (character) => holds(codeOf(character)), last: at };
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

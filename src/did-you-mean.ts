import { findNearest } from './find-nearest.ts';

/** ` Did you mean "x"?` for the end of a message, or nothing if no candidate is close. A word may be a prefix of one: `warn`. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = findNearest(word, candidates) ?? (word.length < 3 ? undefined : findLonger(word, candidates));
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

/** The only candidate that starts with a word. */
function findLonger(word: string, candidates: readonly string[]): string | undefined {
  const [only, ...others] = candidates.filter((candidate) => candidate.startsWith(word));
  return others.length === 0 ? only : undefined;
}

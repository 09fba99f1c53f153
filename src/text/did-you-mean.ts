import { findNearest } from './find-nearest.ts';

/** ` Did you mean "x"?` for the end of a message, or nothing if no candidate is close. A word may be a prefix of one: `warn`. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = findMeant(word, candidates);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

/** The candidate that a word most likely stands for: the nearest one, or the only one that starts with it. */
export function findMeant(word: string, candidates: readonly string[]): string | undefined {
  return findNearest(word, candidates) ?? (word.length < 3 ? undefined : findLonger(word, candidates));
}

/** The only candidate that starts with a word. */
function findLonger(word: string, candidates: readonly string[]): string | undefined {
  const [only, ...others] = candidates.filter((candidate) => candidate.startsWith(word));
  return others.length === 0 ? only : undefined;
}

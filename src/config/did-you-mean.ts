import { closest, distance } from 'fastest-levenshtein';

/** The candidate that a word was probably meant to be; undefined where none is near. */
export function findSimilar(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const lower = word.toLowerCase();
  const found = closest(
    lower,
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  const similar = distance(lower, found) <= Math.max(1, Math.floor(word.length / 3));
  return similar ? candidates.find((candidate) => candidate.toLowerCase() === found) : undefined;
}

/** ` Did you mean "x"?` for the end of a message, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const similar = findSimilar(word, candidates);
  return similar === undefined ? '' : ` Did you mean "${similar}"?`;
}

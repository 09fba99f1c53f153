import { editDistance } from '../edit-distance.ts';

/** The candidate that a word was probably meant to be; undefined where none is near. */
function findSimilar(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  let found: { readonly candidate: string; readonly apart: number } | undefined;
  for (const candidate of candidates) {
    const apart = editDistance(lower, candidate.toLowerCase());
    if (apart <= Math.max(1, Math.floor(word.length / 3)) && apart < (found?.apart ?? Number.POSITIVE_INFINITY)) {
      found = { candidate, apart };
    }
  }
  return found?.candidate;
}

/** ` Did you mean "x"?` for the end of a message, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const similar = findSimilar(word, candidates);
  return similar === undefined ? '' : ` Did you mean "${similar}"?`;
}

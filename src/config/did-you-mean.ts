import { findNearest } from '../find-nearest.ts';

/** ` Did you mean "x"?` for the end of a message, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = findNearest(word, candidates);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

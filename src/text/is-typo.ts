import { editDistance } from './edit-distance.ts';

/**
 * Whether a word is most likely a typo of a name: they differ in one or two letters, and the word is long enough. Names
 * with digits in them may differ on purpose.
 */
export function isTypo(word: string, name: string): boolean {
  if (word === name || word.length <= 5 || /\d/.test(word + name)) return false;
  return editDistance(word, name) <= (word.length > 10 ? 2 : 1);
}

import { joinWords } from './join-words.ts';

/** Joins up to three words; of more, the first two and the number of the others: `a, b and 4 more Jobs`. */
export function joinFew(words: readonly string[], what = ''): string {
  const others = `${words.length - 2} more${what === '' ? '' : ` ${what}`}`;
  return joinWords(words.length > 3 ? [...words.slice(0, 2), others] : words);
}

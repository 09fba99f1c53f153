import type { Format } from './format.ts';

/**
 * Whether a value that a field does not take is one that somebody or something replaces before the API server sees it: a
 * variable, a mark of a template, or words in capitals such as `IMAGE_TAG`.
 */
export function isToBeFilled(text: string, { isName = false, meantBy }: Format): boolean {
  if (/[$<>{}]|__|\[\[|\(@|%\w+%|@\w+@|(?:change|replace|fill).?me|placeholder/i.test(text)) return true;
  if (isName) return /(?:^|[-._])[A-Z][A-Z0-9]+(?=[-._]|$)/.test(text);
  return /^[A-Z][A-Z0-9]+(?:[-_][A-Z0-9]+)*$/.test(text) && meantBy?.(text) === undefined;
}

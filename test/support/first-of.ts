/** The first item of a list. Throws if there is none, so that no test passes for want of a subject. */
export function firstOf<T>(list: Iterable<T>): T {
  for (const item of list) return item;
  throw new Error('the list is empty');
}

/** Adds items to the end of a list. As arguments of `push`, more than some 100,000 of them are a RangeError. */
export function pushAll<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}

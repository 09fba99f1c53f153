/** Adds everything that is reachable from `start` through `next` to `reached`, including `start`. Not recursive, so chains may be long. */
export function reach(
  start: string,
  next: Pick<ReadonlyMap<string, Iterable<string>>, 'get'>,
  reached: Set<string>,
): void {
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    for (const each of next.get(at) ?? []) open.push(each);
  }
}

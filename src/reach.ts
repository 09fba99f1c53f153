/** Adds to `reached` what can be reached from a start by following `next`, the start among it. Chains may be of any length. */
export function reach(start: string, next: ReadonlyMap<string, Iterable<string>>, reached: Set<string>): void {
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    for (const each of next.get(at) ?? []) open.push(each);
  }
}

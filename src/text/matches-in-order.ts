/**
 * Whether each pattern matches after the match of the one before it: `rails` and then `server`. One pattern with `.*`
 * between them would look through the rest of the text for each `rails`.
 */
export function matchesInOrder(text: string, ...patterns: readonly RegExp[]): boolean {
  let rest = text;
  return patterns.every((pattern) => {
    const found = pattern.exec(rest);
    if (found === null) return false;
    rest = rest.slice(found.index + found[0].length);
    return true;
  });
}

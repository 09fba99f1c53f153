/** How many names a message holds; a root may have thousands. */
const mostNames = 10;

/** Names in a sentence, each between backquotes: the first of them, and how many more there are. */
export function listNames(names: readonly string[]): string {
  const told = names
    .slice(0, mostNames)
    .map((name) => `\`${name}\``)
    .join(', ');
  return names.length > mostNames ? `${told} and ${names.length - mostNames} more` : told;
}

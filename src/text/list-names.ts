/** How many names a message holds; a root may have thousands. */
const mostNames = 10;

/** Names in a sentence, in backquotes: the first ten, and how many more there are. */
export function listNames(names: readonly string[]): string {
  const listed = names
    .slice(0, mostNames)
    .map((name) => `\`${name}\``)
    .join(', ');
  return names.length > mostNames ? `${listed} and ${names.length - mostNames} more` : listed;
}

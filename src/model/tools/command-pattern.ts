/** A pattern for command lines: words joined by single spaces, the program without folder and runner. */
export interface CommandPattern {
  /**
   * Words in lower case, one of which is in every command that matches. Few commands have one, so few of the many
   * patterns are ever compiled, which would take a tenth of a short run.
   */
  readonly mentions: readonly string[];
  readonly matches: RegExp;
}

/** How many characters of a command are matched: what it does is at its beginning. */
const longestCommand = 5000;

/** The part of a command that a pattern matches, or undefined. */
export function matchCommand(command: string, { mentions, matches }: CommandPattern): string | undefined {
  const beginning = command.slice(0, longestCommand);
  const lower = beginning.toLowerCase();
  return mentions.some((word) => lower.includes(word)) ? matches.exec(beginning)?.[0] : undefined;
}

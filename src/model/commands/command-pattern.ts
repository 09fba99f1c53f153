/** What a command line has to look like: its words joined by single spaces, the program without folder and runner. */
export interface CommandPattern {
  /**
   * In lower case: one of them stands in each command that matches. Few commands have it, so few of the many patterns are
   * ever compiled, which otherwise takes a tenth of a short run.
   */
  readonly mentions: readonly string[];
  readonly matches: RegExp;
}

/** How many characters of a command are looked at: what it does is said at its beginning, and some patterns take their time. */
const longestCommand = 5000;

/** The part of a command that a pattern matches, or undefined. */
export function matchCommand(command: string, { mentions, matches }: CommandPattern): string | undefined {
  const beginning = command.slice(0, longestCommand);
  const lower = beginning.toLowerCase();
  return mentions.some((word) => lower.includes(word)) ? matches.exec(beginning)?.[0] : undefined;
}

/** What a command line has to look like: its words joined by single spaces, the program without folder and runner. */
export interface CommandPattern {
  /**
   * In lower case: one of them stands in each command that matches. Few commands have it, so few of the many patterns are
   * ever compiled, which otherwise takes a tenth of a short run.
   */
  readonly mentions: readonly string[];
  readonly matches: RegExp;
}

/** The part of a command that a pattern matches, or undefined. */
export function matchCommand(command: string, { mentions, matches }: CommandPattern): string | undefined {
  const lower = command.toLowerCase();
  return mentions.some((word) => lower.includes(word)) ? matches.exec(command)?.[0] : undefined;
}

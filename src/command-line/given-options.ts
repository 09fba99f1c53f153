/** The options that are given, for messages: those whose value is anything but false, empty or undefined. */
export function givenOptions(options: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(options).filter((name) => Boolean(options[name]));
}

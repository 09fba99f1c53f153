/** What a package.json or composer.json holds, as far as anybody asks. */
export interface PackageContent {
  readonly name: string | undefined;
  /** The names and values of a section, as `scripts`; none where it is no object. */
  entries(section: string): [string, unknown][];
}

/** Undefined for a text that is no JSON. */
export function parsePackage(text: string): PackageContent | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { name, ...sections } = asRecord(content);
  return {
    name: typeof name === 'string' ? name : undefined,
    entries: (section) => Object.entries(asRecord(sections[section])),
  };
}

/** The scripts that a package manager runs for one: npm runs `preX` before and `postX` after it, and so do some versions of others. */
export function withHooks(name: string): readonly string[] {
  return [`pre${name}`, name, `post${name}`];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

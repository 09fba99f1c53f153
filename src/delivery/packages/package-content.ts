/** The relevant content of a package.json or composer.json. */
export interface PackageContent {
  readonly name: string | undefined;
  /** The names and values of a section such as `scripts`; none if it is not an object. */
  entries(section: string): [string, unknown][];
}

/** Parses a package file; undefined if it is not JSON. */
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

/**
 * The scripts that run for a script: npm, and some versions of other package managers, run `preX` before and `postX`
 * after it.
 */
export function withHooks(name: string): readonly string[] {
  return [`pre${name}`, name, `post${name}`];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

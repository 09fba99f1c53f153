/** Texts of files by their paths from the top of the repository. */
export type Files = ReadonlyMap<string, string>;

/** A way to write the same tree otherwise, after which the findings must be the same. */
export interface Equivalence {
  /** What is otherwise then, in a clause. */
  readonly name: string;
  /** The tree as it then is; undefined where it has nothing that could be written so. */
  rewrite(files: Files): Files | undefined;
  /** A finding's text without what the rewriting changes in it; as it stands where not said. */
  normalize?(text: string): string;
}

/** The tree with each of some files written otherwise; undefined where none of them is. */
export function rewriteEach(
  files: Files,
  paths: Iterable<string>,
  rewrite: (text: string) => string | undefined,
): Files | undefined {
  const after = new Map(files);
  let isChanged = false;
  for (const path of paths) {
    const text = files.get(path) ?? '';
    const other = rewrite(text);
    if (other === undefined || other === text) continue;
    after.set(path, other);
    isChanged = true;
  }
  return isChanged ? after : undefined;
}

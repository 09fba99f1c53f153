import type { FileStat, FileSystem } from './file-system.ts';

/** What files have answered, by path. */
export class FileAnswers {
  readonly stats = new Map<string, FileStat | undefined>();
  readonly realPaths = new Map<string, string | undefined>();
  readonly listings = new Map<string, readonly string[]>();
  readonly outside = new Map<string, boolean>();
  /** The paths that the files below were asked about in this run; what is known from an earlier one is not asked again. */
  readonly asked = new Set<string>();

  /** Goes on to a run that follows on changes of what some files hold: these have another size now. */
  goOn(changed: ReadonlySet<string>): this {
    this.asked.clear();
    for (const path of changed) this.stats.delete(path);
    return this;
  }

  /** The answer on a path, which is asked for once. */
  answer<T>(known: Map<string, T>, path: string, ask: (path: string) => T): T {
    const answered = known.get(path);
    if (answered !== undefined || known.has(path)) return answered as T;
    this.asked.add(path);
    const asked = ask(path);
    known.set(path, asked);
    return asked;
  }
}

/**
 * Asks the files below each question about a path once: the builds of a run ask the same of shared bases again and
 * again, and the tree is taken not to change under them. Contents are not kept.
 */
export function rememberAnswers(fileSystem: FileSystem, answers: FileAnswers): FileSystem {
  const { stats, realPaths, listings, outside } = answers;
  const list = (path: string) => fileSystem.listDirectory(path);
  const stat = (path: string) => fileSystem.stat(path);
  const follow = (path: string) => fileSystem.realPath(path);
  const tell = (path: string) => fileSystem.isOutside?.(path) === true;
  return {
    readFile: (path) => fileSystem.readFile(path),
    listDirectory: (path) => answers.answer(listings, path, list),
    stat: (path) => answers.answer(stats, path, stat),
    realPath: (path) => answers.answer(realPaths, path, follow),
    isOutside: (path) => answers.answer(outside, path, tell),
  };
}

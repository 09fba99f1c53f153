import type { FileStat, FileSystem } from './file-system.ts';

/**
 * Asks the files below each question about a path once: the builds of a run ask the same of shared bases again and
 * again, and the tree is taken not to change under them. Contents are not kept.
 */
export function rememberAnswers(fileSystem: FileSystem): FileSystem {
  const stats = new Map<string, FileStat | undefined>();
  const realPaths = new Map<string, string | undefined>();
  const listings = new Map<string, readonly string[]>();
  return {
    ...fileSystem,
    readFile: (path) => fileSystem.readFile(path),
    listDirectory: (path) => answer(listings, path, () => fileSystem.listDirectory(path)),
    stat: (path) => answer(stats, path, () => fileSystem.stat(path)),
    realPath: (path) => answer(realPaths, path, () => fileSystem.realPath(path)),
  };
}

function answer<T>(known: Map<string, T>, path: string, ask: () => T): T {
  const answered = known.get(path);
  if (answered !== undefined || known.has(path)) return answered as T;
  const asked = ask();
  known.set(path, asked);
  return asked;
}

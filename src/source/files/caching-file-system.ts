import type { FileStat, FileSystem } from './file-system.ts';

/** The results of file system calls, by path. */
export class FileSystemCache {
  readonly stats = new Map<string, FileStat | undefined>();
  readonly realPaths = new Map<string, string | undefined>();
  readonly listings = new Map<string, readonly string[]>();
  readonly outside = new Map<string, boolean>();
  /** The paths that this run has queried the file system for, without those cached by an earlier run. */
  readonly queried = new Set<string>();

  /** Prepares the cache for a run after the contents, and so the sizes, of some files have changed. */
  startRun(changed: ReadonlySet<string>): this {
    this.queried.clear();
    for (const path of changed) this.stats.delete(path);
    return this;
  }

  /** The result for a path in one of the maps; calls `query` if it is not there. */
  get<T>(results: Map<string, T>, path: string, query: (path: string) => T): T {
    const known = results.get(path);
    if (known !== undefined || results.has(path)) return known as T;
    this.queried.add(path);
    const result = query(path);
    results.set(path, result);
    return result;
  }
}

/**
 * A file system that makes each call once per path, since the builds of a run query shared bases again and again.
 * Assumes that the tree does not change meanwhile. File contents are not cached.
 */
export function cacheFileSystem(fileSystem: FileSystem, cache: FileSystemCache): FileSystem {
  const { stats, realPaths, listings, outside } = cache;
  const list = (path: string) => fileSystem.listDirectory(path);
  const stat = (path: string) => fileSystem.stat(path);
  const follow = (path: string) => fileSystem.realPath(path);
  const leadsOutside = (path: string) => fileSystem.isOutside?.(path) === true;
  return {
    readFile: (path) => fileSystem.readFile(path),
    listDirectory: (path) => cache.get(listings, path, list),
    stat: (path) => cache.get(stats, path, stat),
    realPath: (path) => cache.get(realPaths, path, follow),
    isOutside: (path) => cache.get(outside, path, leadsOutside),
  };
}

import { posix } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { type PlatformPaths, posixPaths } from './platform-paths.ts';

/**
 * A file system that is asked with paths of ours. A name has to be written as it is on the disk: Windows takes `Base` for
 * `base`, and Linux, where a tree is built for, does not.
 * @param native the same files, asked with those of the platform
 */
export function platformFileSystem(native: FileSystem, paths: PlatformPaths): FileSystem {
  if (paths === posixPaths) return native;
  const { leave, mayAsk } = paths;
  const find = (path: string): string | undefined => {
    const real = findOnDisk(path, native, paths);
    return real === undefined || isMisspelt(posix.resolve(path), real) ? undefined : real;
  };
  return {
    readFile(path) {
      if (!mayAsk(path)) throw new Error(`no such file: ${path}`);
      return native.readFile(leave(path));
    },
    stat: (path) => (find(path) === undefined ? undefined : native.stat(leave(path))),
    listDirectory: (path) => (mayAsk(path) ? native.listDirectory(leave(path)) : []),
    realPath: find,
  };
}

/** The real path of what stands at a path, as one of ours, in whatever case that is written. */
function findOnDisk(path: string, native: FileSystem, { enter, leave, mayAsk }: PlatformPaths): string | undefined {
  const real = mayAsk(path) ? native.realPath(leave(path)) : undefined;
  return real === undefined ? undefined : enter(real, path);
}

/** Whether a path has the names of a real one, but in another case; one that leads through a link has others. */
function isMisspelt(path: string, real: string): boolean {
  return path !== real && path.toLowerCase() === real.toLowerCase();
}

/** How a run makes the paths that somebody typed its own. */
export interface Entrance {
  /** The folder that it starts from, absolute. */
  readonly directory: string;
  /** What is relative stays so, and a glob one. */
  enter(path: string): string;
}

/**
 * The entrance at a folder. Whoever types a path on Windows may write its names in any case; they become those on the disk.
 * @param directory absolute path of the platform
 * @param native the files, asked with paths of the platform
 */
export function entrance(directory: string, native: FileSystem, paths: PlatformPaths): Entrance {
  if (paths === posixPaths) return { directory, enter: (path) => path };
  const start = paths.enter(directory, '/');
  const top = findOnDisk(start, native, paths) ?? start;
  return {
    directory: top,
    enter(path) {
      const ours = paths.enter(path, top);
      const absolute = posix.resolve(top, ours);
      const spelt = asOnDisk(absolute, native, paths);
      if (spelt === absolute) return ours;
      return ours.startsWith('/') ? spelt : posix.relative(top, spelt);
    },
  };
}

/** An absolute path with its names as they are on the disk, as far as there are such and no link is among them. */
function asOnDisk(path: string, native: FileSystem, paths: PlatformPaths): string {
  const real = findOnDisk(path, native, paths);
  if (real !== undefined) return isMisspelt(path, real) ? real : path;
  const parent = posix.dirname(path);
  return parent === path ? path : posix.join(asOnDisk(parent, native, paths), posix.basename(path));
}

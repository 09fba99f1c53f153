import { posix } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { type PlatformPaths, posixPaths } from './platform-paths.ts';

/**
 * A file system that takes internal paths. Names must match the disk in case: on Windows `Base` also opens `base`, but
 * not on Linux, where trees are built.
 * @param native the same files, by the platform's paths
 */
export function platformFileSystem(native: FileSystem, paths: PlatformPaths): FileSystem {
  if (paths === posixPaths) return native;
  const { leave, mayAccess } = paths;
  const find = (path: string): string | undefined => {
    const real = findOnDisk(path, native, paths);
    return real === undefined || isMisspelt(posix.resolve(path), real) ? undefined : real;
  };
  return {
    readFile(path) {
      if (!mayAccess(path)) throw new Error(`no such file: ${path}`);
      return native.readFile(leave(path));
    },
    stat: (path) => (find(path) === undefined ? undefined : native.stat(leave(path))),
    listDirectory: (path) => (mayAccess(path) ? native.listDirectory(leave(path)) : []),
    realPath: find,
  };
}

/** The real path of an internal path, as an internal path, ignoring case. */
function findOnDisk(path: string, native: FileSystem, { enter, leave, mayAccess }: PlatformPaths): string | undefined {
  const real = mayAccess(path) ? native.realPath(leave(path)) : undefined;
  return real === undefined ? undefined : enter(real, path);
}

/** Whether a path differs from its real path only in case. With symbolic links, it differs in names as well. */
function isMisspelt(path: string, real: string): boolean {
  return path !== real && path.toLowerCase() === real.toLowerCase();
}

/** Converts the paths that the user has typed. */
export interface Entrance {
  /** The working directory, as an absolute internal path. */
  readonly directory: string;
  /** Converts a path or glob; a relative one stays relative. */
  enter(path: string): string;
}

/**
 * The entrance for a working directory. On Windows, names may be typed in any case, and become those on the disk.
 * @param directory an absolute path of the platform
 * @param native the files, by the platform's paths
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

/** An absolute path with its names in the case of the disk, as far as they exist and are not symbolic links. */
function asOnDisk(path: string, native: FileSystem, paths: PlatformPaths): string {
  const real = findOnDisk(path, native, paths);
  if (real !== undefined) return isMisspelt(path, real) ? real : path;
  const parent = posix.dirname(path);
  return parent === path ? path : posix.join(asOnDisk(parent, native, paths), posix.basename(path));
}

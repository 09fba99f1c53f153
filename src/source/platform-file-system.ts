import { posix } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { type PlatformPaths, posixPaths } from './platform-paths.ts';

/**
 * A file system that is asked with paths of ours.
 * @param native the same files, asked with those of the platform
 */
export function platformFileSystem(native: FileSystem, paths: PlatformPaths): FileSystem {
  if (paths === posixPaths) return native;
  const { enter, leave, mayAsk } = paths;
  return {
    readFile(path) {
      if (!mayAsk(path)) throw new Error(`no such file: ${path}`);
      return native.readFile(leave(path));
    },
    stat: (path) => (mayAsk(path) ? native.stat(leave(path)) : undefined),
    listDirectory: (path) => (mayAsk(path) ? native.listDirectory(leave(path)) : []),
    realPath(path) {
      const real = mayAsk(path) ? native.realPath(leave(path)) : undefined;
      return real === undefined ? undefined : enter(real, path);
    },
  };
}

/**
 * How a run makes paths its own: the folder that it starts from, and what turns those that somebody typed into ours. Windows
 * takes `c:\K8S` for `C:\k8s`, and a report would not; so there the names become those on the disk, as far as there are such.
 * @param directory absolute path of the platform
 * @param fileSystem asked with paths of ours
 */
export function entrance(directory: string, fileSystem: FileSystem, paths: PlatformPaths): Entrance {
  if (paths === posixPaths) return { directory, enter: (path) => path };
  const start = paths.enter(directory, '/');
  const top = fileSystem.realPath(start) ?? start;
  return { directory: top, enter: (path) => asOnDisk(paths.enter(path, top), top, fileSystem) };
}

export interface Entrance {
  /** Absolute. */
  readonly directory: string;
  /** What is relative stays so, and a glob one. */
  enter(path: string): string;
}

/** What leads through a link, or nowhere, stays as it is. */
function asOnDisk(path: string, directory: string, fileSystem: FileSystem): string {
  const absolute = posix.resolve(directory, path);
  const real = fileSystem.realPath(absolute);
  if (real === undefined || real === absolute || real.toLowerCase() !== absolute.toLowerCase()) return path;
  return path.startsWith('/') ? real : posix.relative(directory, real);
}

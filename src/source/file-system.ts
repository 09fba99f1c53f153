import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { platformFileSystem } from './platform-file-system.ts';
import { platformPaths } from './platform-paths.ts';

/** What stands at a path. Symbolic links are followed; what is neither file nor folder (a socket) is `other`. */
export interface FileStat {
  readonly kind: 'file' | 'directory' | 'other';
  /** In bytes; 0 for a folder. */
  readonly size: number;
}

/**
 * The files that a run may read. Paths are absolute and in the form of `platform-paths.ts`; every call is synchronous,
 * which is faster than promises for many small files.
 */
export interface FileSystem {
  /** The bytes of a file. Throws where {@link stat} does not call it a file or it may not be read. */
  readFile(path: string): Uint8Array;
  /** Undefined where nothing stands at the path, or it may not be looked at. */
  stat(path: string): FileStat | undefined;
  /** The names in a folder, sorted; empty where it is none. */
  listDirectory(path: string): readonly string[];
  /** The path with every symbolic link resolved; undefined where nothing stands there or links go in a circle. */
  realPath(path: string): string | undefined;
  /** Whether a path leads to where this run may not read; all the rest then answers as if nothing stood there. */
  isOutside?(path: string): boolean;
}

/** The files of the machine, by the platform's own paths. */
export const nativeFileSystem: FileSystem = {
  readFile(path) {
    return readFileSync(path);
  },
  stat(path) {
    const found = attempt(() => statSync(path, { throwIfNoEntry: false }));
    if (found === undefined) return undefined;
    if (found.isDirectory()) return { kind: 'directory', size: 0 };
    return { kind: found.isFile() ? 'file' : 'other', size: found.size };
  },
  listDirectory(path) {
    return attempt(() => readdirSync(path).sort()) ?? [];
  },
  // On Windows this one gives each name as it is written on the disk, too.
  realPath: (path) => attempt(() => realpathSync.native(path)),
};

/** The file system of the machine. */
export const nodeFileSystem: FileSystem = platformFileSystem(nativeFileSystem, platformPaths);

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // Not there, not permitted, or a circle of links: to a build all of them are "cannot be read".
    return undefined;
  }
}

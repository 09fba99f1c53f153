import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { platformFileSystem } from './platform-file-system.ts';
import { platformPaths } from './platform-paths.ts';

/** What is at a path, after following symbolic links; `other` is neither file nor folder, such as a socket. */
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
  /** The bytes of a file. Throws if {@link stat} does not report a file, or it may not be read. */
  readFile(path: string): Uint8Array;
  /** Undefined if the path does not exist, or may not be accessed. */
  stat(path: string): FileStat | undefined;
  /** The names in a folder, sorted; empty if it is not a folder. */
  listDirectory(path: string): readonly string[];
  /** The path with all symbolic links resolved; undefined if it does not exist, or links form a cycle. */
  realPath(path: string): string | undefined;
  /** Whether a path leads outside of what this run may read; for the other methods, it then does not exist. */
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
  // On Windows, this also returns names in their case on the disk.
  realPath: (path) => attempt(() => realpathSync.native(path)),
};

/** The file system of the machine. */
export const nodeFileSystem: FileSystem = platformFileSystem(nativeFileSystem, platformPaths);

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // Absent, not permitted, or a cycle of links: for a build, all of these mean "cannot be read".
    return undefined;
  }
}

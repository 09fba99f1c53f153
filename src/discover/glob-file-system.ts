import { posix } from 'node:path';
import type { FileSystem } from '../source/files/file-system.ts';
import { isWithin } from '../source/files/path.ts';

/** fast-glob resolves paths like the platform, so on Windows it gets internal paths as if they were all on drive C. */
export function onDrive(path: string): string {
  return process.platform === 'win32' && path.startsWith('/') ? `C:${path}` : path;
}

/** Converts a path of fast-glob back to an internal one. */
export function offDrive(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/').replace(/^C:/, '') : path;
}

/**
 * The synchronous file system calls of fast-glob, answered from the run's file system. Links to folders that are searched
 * anyway are not followed, because they may form cycles.
 */
export function globFileSystem(fileSystem: FileSystem, directory: string): object {
  const top = fileSystem.realPath(directory) ?? directory;
  const leadsBack = (path: string): boolean => {
    const real = fileSystem.realPath(path);
    const parent = fileSystem.realPath(posix.dirname(path));
    return (
      real !== undefined &&
      parent !== undefined &&
      real !== posix.join(parent, posix.basename(path)) &&
      isWithin(real, top)
    );
  };
  const entry = (path: string, name: string) => {
    const kind = fileSystem.stat(path)?.kind;
    return {
      name,
      isDirectory: () => kind === 'directory' && !leadsBack(path),
      isFile: () => kind === 'file',
      isSymbolicLink: () => false,
      isBlockDevice: () => false,
      isCharacterDevice: () => false,
      isFIFO: () => false,
      isSocket: () => false,
    };
  };
  const stat = (given: string) => {
    const path = offDrive(given);
    if (fileSystem.stat(path) === undefined)
      throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
    return entry(path, posix.basename(path));
  };
  return {
    lstatSync: stat,
    statSync: stat,
    readdirSync(given: string) {
      const path = offDrive(given);
      return fileSystem.listDirectory(path).map((name) => entry(posix.join(path, name), name));
    },
  };
}

import type { FileSystem } from './file-system.ts';
import { isWithin } from './path.ts';

/**
 * The files below some folders, as if there were no others: what lies elsewhere does not exist, by whatever way a path gets
 * there (`..`, symbolic links). {@link FileSystem.isOutside} tells such a path from one that leads nowhere.
 * @param folders absolute paths; single files may be among them
 */
export function confineFileSystem(fileSystem: FileSystem, folders: readonly string[]): FileSystem {
  const allowed = [...new Set(folders.flatMap((folder) => [folder, fileSystem.realPath(folder) ?? folder]))];
  const answers = new Map<string, boolean>();
  const isAllowed = (path: string): boolean => allowed.some((folder) => isWithin(path, folder));

  function isOutside(path: string): boolean {
    let outside = answers.get(path);
    if (outside === undefined) {
      outside = !isAllowed(fileSystem.realPath(path) ?? path);
      answers.set(path, outside);
    }
    return outside;
  }

  return {
    isOutside,
    readFile(path) {
      if (isOutside(path)) throw new Error(`no such file: ${path}`);
      return fileSystem.readFile(path);
    },
    stat(path) {
      // Most paths are files that lie where they seem to. What a link to a file leads to is asked when it is read.
      const stat = fileSystem.stat(path);
      return (stat?.kind === 'directory' || !isAllowed(path)) && isOutside(path) ? undefined : stat;
    },
    listDirectory: (path) => (isOutside(path) ? [] : fileSystem.listDirectory(path)),
    realPath: (path) => (isOutside(path) ? undefined : fileSystem.realPath(path)),
  };
}

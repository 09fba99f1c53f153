import type { FileSystem } from './file-system.ts';
import { isWithin } from './path.ts';

/**
 * Limits a file system to some folders: nothing else exists, even if a path leads there through `..` or symbolic links.
 * {@link FileSystem.isOutside} distinguishes such a path from one that does not exist.
 * @param folders absolute paths; may include single files
 */
export function confineFileSystem(fileSystem: FileSystem, folders: readonly string[]): FileSystem {
  const allowed = [...new Set(folders.flatMap((folder) => [folder, fileSystem.realPath(folder) ?? folder]))];
  const answers = new Map<string, { readonly real: string | undefined; readonly isOutside: boolean }>();
  const isAllowed = (path: string): boolean => allowed.some((folder) => isWithin(path, folder));

  // Each path is resolved once, for both `realPath` and `isOutside`.
  function follow(path: string) {
    let answer = answers.get(path);
    if (answer === undefined) {
      const real = fileSystem.realPath(path);
      answer = { real, isOutside: !isAllowed(real ?? path) };
      answers.set(path, answer);
    }
    return answer;
  }

  const isOutside = (path: string): boolean => follow(path).isOutside;

  return {
    isOutside,
    readFile(path) {
      if (isOutside(path)) throw new Error(`no such file: ${path}`);
      return fileSystem.readFile(path);
    },
    stat(path) {
      // Most paths are ordinary files, so a symbolic link to a file is only resolved when it is read.
      const stat = fileSystem.stat(path);
      return (stat?.kind === 'directory' || !isAllowed(path)) && isOutside(path) ? undefined : stat;
    },
    listDirectory: (path) => (isOutside(path) ? [] : fileSystem.listDirectory(path)),
    realPath: (path) => (isOutside(path) ? undefined : follow(path).real),
  };
}

import type { FileSystem } from './file-system.ts';
import { isWithin } from './path.ts';

/**
 * The files below some folders, as if there were no others: what lies elsewhere does not exist, by whatever way a path gets
 * there (`..`, symbolic links). {@link FileSystem.isOutside} tells such a path from one that leads nowhere.
 * @param folders absolute paths; single files may be among them
 */
export function confineFileSystem(fileSystem: FileSystem, folders: readonly string[]): FileSystem {
  const allowed = [...new Set(folders.flatMap((folder) => [folder, fileSystem.realPath(folder) ?? folder]))];
  const answers = new Map<string, { readonly real: string | undefined; readonly isOutside: boolean }>();
  const isAllowed = (path: string): boolean => allowed.some((folder) => isWithin(path, folder));

  // Where a path leads is asked once, be it for the path itself or only for whether it leads out.
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
      // Most paths are files that lie where they seem to. What a link to a file leads to is asked when it is read.
      const stat = fileSystem.stat(path);
      return (stat?.kind === 'directory' || !isAllowed(path)) && isOutside(path) ? undefined : stat;
    },
    listDirectory: (path) => (isOutside(path) ? [] : fileSystem.listDirectory(path)),
    realPath: (path) => (isOutside(path) ? undefined : follow(path).real),
  };
}

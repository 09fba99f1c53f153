import { posix } from 'node:path';
import type { FileSystem } from '../source/file-system.ts';
import type { Sources } from '../source/note-reads.ts';
import { foldersUpwards, isWithin } from '../source/path.ts';

/** The possible names of a settings file, in order of precedence. */
export const configNames = ['migrate-lint.yaml', 'migrate-lint.yml', '.migrate-lint.yaml', '.migrate-lint.yml'];

/** The nearest settings file upwards from a folder; the search ends at the top of the repository. */
export function findConfig(directory: string, fileSystem: FileSystem): string | undefined {
  for (const folder of foldersUpwards(directory)) {
    for (const name of configNames) {
      const path = posix.join(folder, name);
      if (fileSystem.stat(path)?.kind === 'file') return path;
    }
    if (isRepositoryTop(folder, fileSystem)) return undefined;
  }
  return undefined;
}

/** The nearest folder upwards that contains `.git`; undefined outside a repository. */
export function findRepositoryTop(directory: string, fileSystem: FileSystem): string | undefined {
  for (const folder of foldersUpwards(directory)) if (isRepositoryTop(folder, fileSystem)) return folder;
  return undefined;
}

/** The top of the Git repository or, outside of one, the folder that `--repository` names. */
export function findRepository(directory: string, { fileSystem, limits }: Sources): string | undefined {
  const named = limits.repository;
  const isNamed = named !== undefined && isWithin(directory, named);
  return findRepositoryTop(directory, fileSystem) ?? (isNamed ? named : undefined);
}

/** The deepest folder that contains all of the folders. */
export function commonFolder(folders: readonly string[]): string | undefined {
  const [first, ...others] = folders.map((folder) => folder.split('/'));
  if (first === undefined) return undefined;
  let shared = first.length;
  for (const parts of others) {
    let same = 0;
    while (same < shared && parts[same] === first[same]) same++;
    shared = same;
  }
  return first.slice(0, shared).join('/') || '/';
}

/** `.git` is a file in worktrees and submodules. */
function isRepositoryTop(folder: string, fileSystem: FileSystem): boolean {
  return fileSystem.stat(posix.join(folder, '.git')) !== undefined;
}

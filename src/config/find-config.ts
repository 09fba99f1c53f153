import { posix } from 'node:path';
import type { FileSystem } from '../source/file-system.ts';
import type { Sources } from '../source/note-reads.ts';
import { foldersUpwards, isWithin } from '../source/path.ts';

/** What a settings file may be called, the first that is there counts. */
export const configNames = ['migrate-lint.yaml', 'migrate-lint.yml', '.migrate-lint.yaml', '.migrate-lint.yml'];

/** The settings file of the nearest folder upwards that has one; the search ends at the top of the repository. */
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

/** The folder upwards that holds `.git`; undefined outside of a repository. */
export function findRepositoryTop(directory: string, fileSystem: FileSystem): string | undefined {
  for (const folder of foldersUpwards(directory)) if (isRepositoryTop(folder, fileSystem)) return folder;
  return undefined;
}

/** The same, or else the folder that the command names as the repository. */
export function findRepository(directory: string, { fileSystem, limits }: Sources): string | undefined {
  const named = limits.repository;
  const isNamed = named !== undefined && isWithin(directory, named);
  return findRepositoryTop(directory, fileSystem) ?? (isNamed ? named : undefined);
}

/** The deepest folder that all of the paths lie in. */
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

import { posix } from 'node:path';
import type { FileSystem } from './file-system.ts';
import type { Sources } from './note-reads.ts';
import { foldersUpwards, isWithin } from './path.ts';

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

/** Whether a folder contains `.git`, which is a file in worktrees and submodules. */
export function isRepositoryTop(folder: string, fileSystem: FileSystem): boolean {
  return fileSystem.stat(posix.join(folder, '.git')) !== undefined;
}

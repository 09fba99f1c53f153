import { posix } from 'node:path';
import type { FileSystem } from '../source/files/file-system.ts';
import { foldersUpwards } from '../source/files/path.ts';
import { isRepositoryTop } from '../source/files/repository.ts';

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

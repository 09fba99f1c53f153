import { posix } from 'node:path';
import type { SourceCache } from '../source-cache.ts';
import { ignoreFilesBelow } from './ignore-patterns.ts';
import { findRepositoryTop } from './repository.ts';

/**
 * Whether the `.gitignore` files of a repository exclude a file, so that it is not committed. The last pattern that matches
 * decides; those of deeper folders come later.
 */
export function isGitIgnored(path: string, sources: SourceCache): boolean {
  const top = findRepositoryTop(posix.dirname(path), sources.fileSystem);
  if (top === undefined) return false;
  return ignoreFilesBelow(top, '.gitignore', sources)(false, posix.relative(top, path).split('/'), false);
}

import { posix } from 'node:path';
import { isReadFailure, type SourceCache } from '../source-cache.ts';
import { matchesPath, parseIgnoreFile } from './ignore-patterns.ts';
import { findRepositoryTop } from './repository.ts';

/**
 * Whether the `.gitignore` files of a repository exclude a file, so that it is not committed. The last pattern that matches
 * decides; those of deeper folders come later.
 */
export function isGitIgnored(path: string, sources: SourceCache): boolean {
  const top = findRepositoryTop(posix.dirname(path), sources.fileSystem);
  if (top === undefined) return false;
  const steps = posix.relative(top, path).split('/');
  let ignored = false;
  let folder = top;
  for (const [depth, step] of steps.entries()) {
    const file = sources.read(posix.join(folder, '.gitignore'));
    const patterns = isReadFailure(file) ? [] : parseIgnoreFile(file.text);
    for (const pattern of patterns) if (matchesPath(pattern, steps.slice(depth), false)) ignored = !pattern.includes;
    folder = posix.join(folder, step);
  }
  return ignored;
}

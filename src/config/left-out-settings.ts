import { posix } from 'node:path';
import type { LintOptions } from '../lint-options.ts';
import type { FileSystem } from '../source/files/file-system.ts';
import { platformPaths } from '../source/files/platform-paths.ts';
import { UsageError } from '../usage-error.ts';

/** The absolute path of the remote cache. Throws a UsageError if there is no such folder. */
export function resolveRemoteCache(
  given: string | undefined,
  directory: string,
  fileSystem: FileSystem,
): string | undefined {
  if (given === undefined) return undefined;
  const path = posix.resolve(directory, given);
  if (fileSystem.stat(path)?.kind === 'directory') return path;
  throw new UsageError(`There is no folder ${platformPaths.leave(given)} to use as the remote cache.`);
}

/** The helm to run, as a path or a name on the PATH. Only the command line can set it, because settings come with the tree. */
export function chooseHelm({
  enableHelm = false,
  helmCommand = 'helm',
}: Pick<LintOptions, 'enableHelm' | 'helmCommand'>): string | undefined {
  return enableHelm ? helmCommand : undefined;
}

import { isWithin } from '../source/files/path.ts';
import type { Permission } from './plan-candidates.ts';

/**
 * Refuses to write files that a run may not read, and copies in the remote cache.
 * @param folders the real paths of the folders that the run may read
 * @param cache the real path of the remote cache, if there is one
 * @param leave converts a path to one of the platform
 */
export function refuseOutside(
  folders: readonly string[],
  cache: string | undefined,
  leave: (path: string) => string,
): Permission['refuse'] {
  return (path) => {
    if (!folders.some((folder) => isWithin(path, folder))) return `\`${leave(path)}\` is outside the repository`;
    if (cache !== undefined && isWithin(path, cache)) return `\`${leave(path)}\` is a copy in the remote cache`;
    return undefined;
  };
}

import { posix } from 'node:path';
import { type PlatformPaths, platformPaths } from '../source/platform-paths.ts';

/**
 * A path as a report shows it: relative to a folder, `.` for the folder itself, and absolute where none leads there, as
 * from one drive to another. Names in angle brackets (`<stdin>`) are no paths and stay.
 */
export function displayPath(path: string, base: string, paths: PlatformPaths = platformPaths): string {
  if (path.startsWith('<')) return path;
  if (isElsewhere(path, base, paths)) return paths.leave(path);
  return posix.relative(base, path) || '.';
}

/** Whether no relative path leads from a folder to a path. */
export function isElsewhere(path: string, base: string, { volumeOf }: PlatformPaths = platformPaths): boolean {
  return !path.startsWith('<') && volumeOf(path) !== volumeOf(base);
}

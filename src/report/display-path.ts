import { posix } from 'node:path';

/**
 * A path as a report shows it: relative to a folder, `.` for the folder itself. Names in angle brackets (`<stdin>`)
 * are no paths and stay.
 */
export function displayPath(path: string, base: string): string {
  if (path.startsWith('<')) return path;
  return posix.relative(base, path) || '.';
}

import { posix } from 'node:path';
import { type PlatformPaths, platformPaths } from '../source/files/platform-paths.ts';
import type { Span } from '../source/span.ts';

/**
 * A path as reports show it: relative to a folder (`.` for the folder itself), or absolute if it is on another drive. Names
 * in angle brackets (`<stdin>`) are not paths and stay as they are.
 */
export function displayPath(path: string, base: string, paths: PlatformPaths = platformPaths): string {
  if (path.startsWith('<')) return path;
  if (isElsewhere(path, base, paths)) return paths.leave(path);
  return posix.relative(base, path) || '.';
}

/** The start of a span as `path:line:column`. */
export function displayPlace({ file, start }: Pick<Span, 'file' | 'start'>, base: string): string {
  const { line, column } = file.position(start);
  return `${displayPath(file.path, base)}:${line}:${column}`;
}

/** Whether no relative path leads from a folder to a path, because they are on different drives. */
export function isElsewhere(path: string, base: string, { volumeOf }: PlatformPaths = platformPaths): boolean {
  return !path.startsWith('<') && volumeOf(path) !== volumeOf(base);
}

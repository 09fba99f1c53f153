import { posix } from 'node:path';
import { globFolder, isPattern } from '../discover/expand-patterns.ts';
import type { LintOptions } from '../lint-options.ts';
import type { FileSystem } from '../source/file-system.ts';
import { findRepositoryTop } from './find-config.ts';

/** The options that let a run read something. */
type ReadingOptions = Pick<LintOptions, 'repository' | 'sources' | 'config' | 'baseline' | 'remoteCache'>;

/**
 * The folders and files that a run may read: the repositories of the paths, or the folder that the options name instead;
 * and what the options name besides. Nothing in a tree takes a run anywhere else, its settings file neither.
 * @param paths as given: relative to `directory` or absolute, globs, or `-`
 */
export function findReadingBoundary(
  paths: readonly string[],
  directory: string,
  { repository, sources = {}, config, baseline, remoteCache }: ReadingOptions,
  fileSystem: FileSystem,
): string[] {
  const named = [
    ...Object.values(sources),
    ...[config, baseline, remoteCache].filter((path) => typeof path === 'string'),
  ];
  const tops = repository === undefined ? paths.map(topOf) : [repository];
  return [...new Set([...tops, ...named].map((path) => posix.resolve(directory, path)))];

  function topOf(path: string): string {
    const start = path === '-' ? '.' : isPattern(path, fileSystem, directory) ? globFolder(path) : path;
    const absolute = posix.resolve(directory, start);
    return findRepositoryTop(absolute, fileSystem) ?? widestFolder(absolute);
  }
}

/** Folders in which things lie side by side that have nothing to do with each other. */
const shared =
  /^(?:\/|\/(?:bin|boot|dev|etc|home|lib|media|mnt|opt|private|proc|root|run|sbin|srv|sys|tmp|Users|usr|var|Volumes)|\/(?:home|media|mnt|private|Users|usr|var|Volumes)\/[^/]+|\/private\/var\/[^/]+)$/;

/** The same on Windows, as `platform-paths.ts` has it: drives and shares, and what is nobody's own on a drive. */
const sharedOnWindows =
  /^\/(?:[A-Z]:(?:\/(?:Program Files(?: \(x86\))?|ProgramData|Temp|Windows|Users(?:\/[^/]+(?:\/AppData(?:\/Local(?:\/Temp)?)?)?)?))?|UNC(?:\/[^/]+){0,2})$/i;

/**
 * Where no repository tells how far a tree reaches: the widest folder around it that is somebody's own, such as a project
 * in a home folder. An overlay that is given by itself still finds its base then, and nobody's base is `/etc`.
 */
function widestFolder(path: string): string {
  const parent = posix.dirname(path);
  const isShared = shared.test(parent) || sharedOnWindows.test(parent);
  return parent === path || isShared ? path : widestFolder(parent);
}

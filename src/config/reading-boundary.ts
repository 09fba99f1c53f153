import { posix } from 'node:path';
import { globFolder, isPattern } from '../discover/expand-patterns.ts';
import type { LintOptions } from '../lint-options.ts';
import type { FileSystem } from '../source/files/file-system.ts';
import { findRepositoryTop } from '../source/files/repository.ts';

/** The options that let a run read files outside the repository. */
type ReadingOptions = Pick<LintOptions, 'repository' | 'sources' | 'config' | 'baseline' | 'remoteCache'>;

/**
 * The folders and files that a run may read: the repositories of the paths (or the folder that `repository` names), and the
 * files and folders that other options name. Nothing in a tree, including its settings file, can extend this.
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

/** Folders whose contents are unrelated to each other. */
const shared =
  /^(?:\/|\/(?:bin|boot|dev|etc|home|lib|media|mnt|opt|private|proc|root|run|sbin|srv|sys|tmp|Users|usr|var|Volumes)|\/(?:home|media|mnt|private|Users|usr|var|Volumes)\/[^/]+|\/private\/var\/[^/]+)$/;

/** Shared folders on Windows, in the form of `platform-paths.ts`: drives, network shares, and the system folders of a drive. */
const sharedOnWindows =
  /^\/(?:[A-Z]:(?:\/(?:Program Files(?: \(x86\))?|ProgramData|Temp|Windows|Users(?:\/[^/]+(?:\/AppData(?:\/Local(?:\/Temp)?)?)?)?))?|UNC(?:\/[^/]+){0,2})$/i;

/**
 * The boundary for a path outside any repository: the widest folder around it that is not shared, such as a project in a
 * home folder. So an overlay that is linted alone still finds its base, but cannot read `/etc`.
 */
function widestFolder(path: string): string {
  const parent = posix.dirname(path);
  const isShared = shared.test(parent) || sharedOnWindows.test(parent);
  return parent === path || isShared ? path : widestFolder(parent);
}

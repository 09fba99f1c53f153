import { posix } from 'node:path';
import { dropUndefined } from './collections/drop-undefined.ts';
import { findReadingBoundary } from './config/reading-boundary.ts';
import { resolveSettings, type Settings } from './config/settings.ts';
import { standardInput } from './discover/discover.ts';
import { compileIgnore, expandPaths } from './discover/expand-patterns.ts';
import { type EarlierRun, recallFileSystem, recallRun } from './earlier-run.ts';
import type { LintOptions } from './lint-options.ts';
import { now } from './source/clock.ts';
import { confineFileSystem } from './source/files/confined-file-system.ts';
import type { FileSystem } from './source/files/file-system.ts';
import { isWithin } from './source/files/path.ts';
import { defaultSourceLimits, SourceCache, type SourceLimits } from './source/source-cache.ts';
import { SourceFile } from './source/source-file.ts';

/** The input of a run: the files that it may read, and the settings. */
export interface OpenedTrees {
  readonly sources: SourceCache;
  /** The folders that the run may read. */
  readonly boundary: readonly string[];
  /** The given paths, absolute. */
  readonly targets: readonly string[];
  readonly settings: Settings;
  /** Whether the settings ignore an absolute path. */
  readonly ignored: (path: string) => boolean;
  /** The previous run, if its results can be reused for whatever has not changed. */
  readonly earlier: EarlierRun | undefined;
}

/**
 * Resolves paths and settings, and reuses what an earlier run has read. Paths are absolute, relative to `directory`, globs, or
 * `-` for `options.stdin`. Throws a UsageError for a missing path or invalid settings.
 */
export async function openTrees(
  paths: readonly string[],
  directory: string,
  options: LintOptions,
  fileSystem: FileSystem,
  earlier: EarlierRun | undefined,
): Promise<OpenedTrees> {
  const boundary = findReadingBoundary(paths, directory, options, fileSystem);
  const cache = recallFileSystem(earlier, boundary);
  const sources = new SourceCache(confineFileSystem(fileSystem, boundary), limitsOf(options, directory), cache);
  if (earlier !== undefined) sources.takeOver(earlier.sources, earlier.changed);
  const stdin = provideStdin(directory, options, sources);
  const targets = await expandPaths(paths, directory, stdin, sources.fileSystem);
  const settings = resolveSettings(targets, directory, options, sources);
  return {
    sources,
    boundary,
    targets,
    settings,
    ignored: compileIgnored(settings),
    earlier: cache && recallRun(earlier, settings, targets),
  };
}

function limitsOf({ timeLimit: seconds = 600, repository }: LintOptions, directory: string): SourceLimits {
  return {
    ...defaultSourceLimits,
    time: { seconds, end: now() + seconds * 1000 },
    ...dropUndefined({ repository: repository && posix.resolve(directory, repository) }),
  };
}

/** Makes the text of standard input available to the build; returns the path that stands for it. */
function provideStdin(directory: string, { stdin }: LintOptions, sources: SourceCache): string {
  const path = stdin?.path === undefined ? standardInput : posix.resolve(directory, stdin.path);
  if (stdin) sources.provide(new SourceFile(path, stdin.text));
  return path;
}

function compileIgnored({ ignore, remoteCache }: Settings): (path: string) => boolean {
  const matches = compileIgnore(ignore.patterns, ignore.directory);
  // Kustomizations in the cache are only built as part of trees that include them.
  return (path) => matches(path) || (remoteCache !== undefined && isWithin(path, remoteCache));
}

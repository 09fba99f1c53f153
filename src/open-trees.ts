import { posix } from 'node:path';
import { findReadingBoundary } from './config/reading-boundary.ts';
import { resolveSettings, type Settings } from './config/settings.ts';
import { standardInput } from './discover/discover.ts';
import { compileIgnore, expandPaths } from './discover/expand-patterns.ts';
import { dropUndefined } from './drop-undefined.ts';
import { type EarlierRun, recallAnswers, recallRun } from './earlier-run.ts';
import type { LintOptions } from './lint-options.ts';
import { now } from './source/clock.ts';
import { confineFileSystem } from './source/confined-file-system.ts';
import type { FileSystem } from './source/file-system.ts';
import { isWithin } from './source/path.ts';
import { defaultSourceLimits, SourceCache, type SourceLimits } from './source/source-cache.ts';
import { SourceFile } from './source/source-file.ts';

/** What a run works on: the files that it may read, and what was said about them. */
export interface OpenedTrees {
  readonly sources: SourceCache;
  /** The folders that nothing outside of is read. */
  readonly boundary: readonly string[];
  /** The paths that were given, absolute. */
  readonly targets: readonly string[];
  readonly settings: Settings;
  /** Whether the settings leave out an absolute path. */
  readonly ignored: (path: string) => boolean;
  /** The run before, where its results hold as far as nothing has changed. */
  readonly earlier: EarlierRun | undefined;
}

/**
 * Resolves paths and settings, and takes over what an earlier run has read. Paths are relative to `directory` or absolute; a
 * glob, or `-` for `options.stdin`. Throws a UsageError for a path that is not there and for faulty settings.
 */
export async function openTrees(
  paths: readonly string[],
  directory: string,
  options: LintOptions,
  fileSystem: FileSystem,
  earlier: EarlierRun | undefined,
): Promise<OpenedTrees> {
  const boundary = findReadingBoundary(paths, directory, options, fileSystem);
  const answers = recallAnswers(earlier, boundary);
  const sources = new SourceCache(confineFileSystem(fileSystem, boundary), limitsOf(options, directory), answers);
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
    earlier: answers && recallRun(earlier, settings, targets),
  };
}

function limitsOf({ timeLimit: seconds = 600, repository }: LintOptions, directory: string): SourceLimits {
  return {
    ...defaultSourceLimits,
    time: { seconds, end: now() + seconds * 1000 },
    ...dropUndefined({ repository: repository && posix.resolve(directory, repository) }),
  };
}

/** Puts the text of standard input where the build finds it; gives the path that it goes by. */
function provideStdin(directory: string, { stdin }: LintOptions, sources: SourceCache): string {
  const path = stdin?.path === undefined ? standardInput : posix.resolve(directory, stdin.path);
  if (stdin) sources.provide(new SourceFile(path, stdin.text));
  return path;
}

function compileIgnored({ ignore, remoteCache }: Settings): (path: string) => boolean {
  const matches = compileIgnore(ignore.patterns, ignore.directory);
  // What lies in the cache is a part of the trees that include it.
  return (path) => matches(path) || (remoteCache !== undefined && isWithin(path, remoteCache));
}

import { posix } from 'node:path';
import { buildDiscovered, buildWithFlux } from './build-roots.ts';
import { findReadingBoundary } from './config/reading-boundary.ts';
import { resolveSettings, type Settings } from './config/settings.ts';
import { scriptFinder } from './delivery/package-scripts.ts';
import { deliveryReader } from './delivery/read-delivery.ts';
import { discover, standardInput } from './discover/discover.ts';
import type { DiscoveredRoot } from './discover/discovered-root.ts';
import { compileIgnore, expandPaths } from './discover/expand-patterns.ts';
import { type EarlierRun, recallBuild, recallSources } from './earlier-run.ts';
import type { BuiltRoot } from './kustomize/built-root.ts';
import type { Crash, SkippedPath } from './lint/lint-result.ts';
import type { LintOptions } from './lint-options.ts';
import { modelRoots } from './model/model-roots.ts';
import type { RootModel } from './model/root-model.ts';
import { shareBuilds, shareRoots } from './shard/share-roots.ts';
import { now } from './source/clock.ts';
import { confineFileSystem } from './source/confined-file-system.ts';
import type { FileSystem } from './source/file-system.ts';
import { isWithin } from './source/path.ts';
import { defaultSourceLimits, SourceCache, type SourceLimits } from './source/source-cache.ts';
import { SourceFile } from './source/source-file.ts';
import { noTiming, type Timing } from './timing.ts';

/** What a run may be given besides what it is to do. */
export interface RunContext {
  readonly timing?: Timing;
  readonly earlier?: EarlierRun | undefined;
}

/** What the given paths hold, built and modelled, and what went wrong with us on the way. */
export interface ReadTrees {
  readonly sources: SourceCache;
  readonly settings: Settings;
  readonly discovered: readonly DiscoveredRoot[];
  readonly skipped: readonly SkippedPath[];
  readonly built: readonly BuiltRoot[];
  /** What was built before Flux was followed. */
  readonly given: readonly BuiltRoot[];
  readonly models: readonly RootModel[];
  /** Grows while the trees are judged. */
  readonly crashes: Crash[];
}

/**
 * Discovers, builds and models. Paths are relative to `directory` or absolute; a glob, or `-` for `options.stdin`. Throws a
 * UsageError for a path that is not there and for faulty settings.
 */
export async function readTrees(
  paths: readonly string[],
  directory: string,
  options: LintOptions,
  fileSystem: FileSystem,
  { timing = noTiming, earlier }: RunContext = {},
): Promise<ReadTrees> {
  const boundary = findReadingBoundary(paths, directory, options, fileSystem);
  const sources = new SourceCache(confineFileSystem(fileSystem, boundary), limitsOf(options));
  if (earlier !== undefined) recallSources(sources, earlier);
  const stdin = provideStdin(directory, options, sources);
  const targets = await expandPaths(paths, directory, stdin, sources.fileSystem);
  const settings = resolveSettings(targets, directory, options, sources);
  const { patterns, directory: ignoreBase } = settings.ignore;
  const matches = await compileIgnore(patterns, ignoreBase, sources.fileSystem);
  const { remoteCache } = settings;
  // What lies in the cache is a part of the trees that include it.
  const ignored = (path: string): boolean =>
    matches(path) || (remoteCache !== undefined && isWithin(path, remoteCache));
  const { roots: discovered, skipped } = timing.measure('discover', () => discover(targets, sources, ignored));
  const { own, others, judged } = shareRoots(discovered, options.shard, sources);

  const crashes: Crash[] = [];
  const build = (roots: readonly DiscoveredRoot[]): BuiltRoot[] =>
    timing.measure('build', () =>
      roots.flatMap((root, index) => {
        const built =
          (earlier && recallBuild(root.path, earlier)) ??
          guard(`while building ${root.path}`, crashes, () => buildDiscovered(root, settings, sources));
        options.onProgress?.(index + 1, roots.length, root.path);
        return built ?? [];
      }),
    );
  const given = build(own);
  const follow = () => timing.measure('build', () => buildWithFlux(given, targets, settings, sources));
  const all = guard('while following Flux', crashes, follow) ?? given;
  const modelled = timing.measure('model', () => model(all, () => build(others), settings, sources, crashes));
  const built = judged === undefined ? all : shareBuilds(all, judged);
  const isJudged = new Set(built);
  const models = modelled.filter(({ root }) => isJudged.has(root)).map((each) => each.model);
  return { sources, settings, discovered, skipped, given, built, models, crashes };
}

/** A root that could be modelled. */
interface ModelledRoot {
  readonly root: BuiltRoot;
  readonly model: RootModel;
}

/** All roots are modelled together, as one may tell how another is applied; if that fails, each by itself. */
function model(
  built: readonly BuiltRoot[],
  elsewhere: () => readonly BuiltRoot[],
  settings: Settings,
  sources: SourceCache,
  crashes: Crash[],
): ModelledRoot[] {
  const { dialect, applier, migrationJobs } = settings;
  const delivery = deliveryReader(sources);
  const scripts = scriptFinder(sources);
  const choices = { dialect, migrationJobs, delivery, scripts, ...(applier === undefined ? {} : { applier }) };
  const together = guard('while modelling the releases', crashes, () => modelRoots(built, choices, elsewhere));
  return built.flatMap((root, index) => {
    const model =
      together === undefined
        ? guard(`while modelling ${root.path}`, crashes, () => modelRoots([root], choices)[0])
        : together[index];
    return model === undefined ? [] : { root, model };
  });
}

/** A fault of ours in one root must not cost the findings of the others. */
function guard<T>(doing: string, crashes: Crash[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    crashes.push({ doing, error });
    return undefined;
  }
}

function limitsOf({ timeLimit: seconds = 600 }: LintOptions): SourceLimits {
  return { ...defaultSourceLimits, time: { seconds, end: now() + seconds * 1000 } };
}

/** Puts the text of standard input where the build finds it; gives the path that it goes by. */
function provideStdin(directory: string, { stdin }: LintOptions, sources: SourceCache): string {
  const path = stdin?.path === undefined ? standardInput : posix.resolve(directory, stdin.path);
  if (stdin) sources.provide(new SourceFile(path, stdin.text));
  return path;
}

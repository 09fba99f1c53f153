import { posix } from 'node:path';
import { buildDiscovered, buildWithFlux } from './build-roots.ts';
import { findReadingBoundary } from './config/reading-boundary.ts';
import { resolveSettings, type Settings } from './config/settings.ts';
import { Around } from './delivery/around.ts';
import { discover, standardInput } from './discover/discover.ts';
import type { DiscoveredRoot, Discovery } from './discover/discovered-root.ts';
import { compileIgnore, expandPaths } from './discover/expand-patterns.ts';
import { dropUndefined } from './drop-undefined.ts';
import {
  type EarlierRun,
  recallAnswers,
  recallBuild,
  recallDiscovery,
  recallModels,
  recallRun,
} from './earlier-run.ts';
import { FluxMemory } from './flux/flux-memory.ts';
import type { FurtherRoots } from './flux/given-objects.ts';
import type { BuiltRoot } from './kustomize/built-root.ts';
import type { Crash } from './lint/lint-result.ts';
import type { LintOptions } from './lint-options.ts';
import { type Elsewhere, nothingElsewhere } from './model/elsewhere.ts';
import type { KnownModels } from './model/known-models.ts';
import { remodelRoots } from './model/model-roots.ts';
import type { RootModel } from './model/root-model.ts';
import { Surroundings } from './model/surroundings.ts';
import { buildShare } from './shard/build-share.ts';
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
  /** The folders that nothing outside of is read. */
  readonly boundary: readonly string[];
  /** Whether the settings leave out an absolute path. */
  readonly ignored: (path: string) => boolean;
  readonly settings: Settings;
  /** The paths that were given, absolute. */
  readonly targets: readonly string[];
  readonly discovery: Discovery;
  readonly built: readonly BuiltRoot[];
  /** What was built without Flux. */
  readonly given: readonly BuiltRoot[];
  readonly flux: FluxMemory;
  readonly models: ReadonlyMap<BuiltRoot, RootModel>;
  /** All models, with what the next run can tell by whether they still hold. */
  readonly allModels: KnownModels;
  /** What besides the builds they were made of; learns more while the trees are judged. */
  readonly around: Around;
  /** The run before, where its results hold as far as nothing has changed. */
  readonly earlier: EarlierRun | undefined;
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
  const answers = recallAnswers(earlier, boundary);
  const sources = new SourceCache(confineFileSystem(fileSystem, boundary), limitsOf(options), answers);
  if (earlier !== undefined) sources.takeOver(earlier.sources, earlier.changed);
  const stdin = provideStdin(directory, options, sources);
  const targets = await expandPaths(paths, directory, stdin, sources.fileSystem);
  const settings = resolveSettings(targets, directory, options, sources);
  const { patterns, directory: ignoreBase } = settings.ignore;
  const matches = await compileIgnore(patterns, ignoreBase, sources.fileSystem);
  const { remoteCache } = settings;
  // What lies in the cache is a part of the trees that include it.
  const ignored = (path: string): boolean =>
    matches(path) || (remoteCache !== undefined && isWithin(path, remoteCache));
  const before = answers && recallRun(earlier, settings, targets);
  const discovery = timing.measure(
    'discover',
    () => (before && recallDiscovery(before, sources)) ?? discover(targets, sources, ignored),
  );

  const crashes: Crash[] = [];
  const build = (roots: readonly DiscoveredRoot[]): BuiltRoot[] =>
    timing.measure('build', () =>
      roots.flatMap((root, index) => {
        const built =
          (before && recallBuild(root.path, before)) ??
          guard(`while building ${root.path}`, crashes, () => buildDiscovered(root, settings, sources));
        options.onProgress?.(index + 1, roots.length, root.path);
        return built ?? [];
      }),
    );
  const flux = new FluxMemory(before?.flux, before?.changed);
  const follow = (given: readonly BuiltRoot[], further: FurtherRoots | undefined) =>
    guard('while following Flux', crashes, () =>
      timing.measure('build', () => buildWithFlux(given, targets, settings, sources, flux, further)),
    ) ?? given;
  const {
    given,
    all,
    elsewhere,
    judged: built,
  } = buildShare(discovery.roots, options.shard, settings, sources, build, follow);
  // A share asks others what they bring, and does not remember what they brought.
  const knownModels = before && options.shard === undefined ? recallModels(before) : undefined;
  const around = before !== undefined && knownModels !== undefined ? before.around.goOn(sources) : new Around(sources);
  const modelAll = () => modelBuilt(all, elsewhere, settings, around, sources, crashes, knownModels);
  const models = timing.measure('model', modelAll);
  const isJudged = new Set(built);
  const judgedModels = new Map(
    [...models.byRoot].filter(([root]) => isJudged.has(root)).map(([root, { model }]) => [root, model]),
  );
  return {
    sources,
    boundary,
    ignored,
    settings,
    targets,
    discovery,
    given,
    flux,
    built,
    models: judgedModels,
    allModels: models,
    around,
    earlier: before,
    crashes,
  };
}

/** All roots are modelled together, as one may tell how another is applied; if that fails, each by itself. */
function modelBuilt(
  built: readonly BuiltRoot[],
  elsewhere: Elsewhere,
  { dialect, applier, migrationJobs }: Settings,
  { delivery, scripts, unlistedAccess }: Around,
  sources: SourceCache,
  crashes: Crash[],
  known: KnownModels | undefined,
): KnownModels {
  const { time } = sources.limits;
  const choices = { dialect, migrationJobs, delivery, scripts, unlistedAccess, time, ...dropUndefined({ applier }) };
  const together = guard('while modelling the releases', crashes, () => remodelRoots(built, choices, elsewhere, known));
  if (together !== undefined) return together;
  const alone = built.flatMap((root) => [
    ...(guard(`while modelling ${root.path}`, crashes, () => remodelRoots([root], choices, nothingElsewhere))?.byRoot ??
      []),
  ]);
  return { byRoot: new Map(alone), fluxNeighbours: [], surroundings: new Surroundings() };
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

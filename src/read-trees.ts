import { findAppliedFiles } from './applied-files.ts';
import { buildDiscovered, buildUnrestricted, buildWithFlux, hasFailed } from './build-roots.ts';
import { dropUndefined } from './collections/drop-undefined.ts';
import { Around } from './delivery/around.ts';
import { pushedFolderFinder } from './delivery/pushed-folders.ts';
import { madeFileExcuser } from './delivery/scripts/made-file.ts';
import { unrestrictedBuildFinder } from './delivery/scripts/unrestricted-build.ts';
import { discover } from './discover/discover.ts';
import type { DiscoveredRoot, Discovery, ManifestsRoot } from './discover/discovered-root.ts';
import { type EarlierRun, recallBuild, recallDiscovery, recallModels } from './earlier-run.ts';
import type { FurtherRoots } from './flux/clusters/given-objects.ts';
import { FluxMemory } from './flux/flux-memory.ts';
import type { BuiltRoot } from './kustomize/built-root.ts';
import type { Crash } from './lint/lint-result.ts';
import type { LintOptions } from './lint-options.ts';
import { remodelRoots } from './model/model-roots.ts';
import { nothingElsewhere } from './model/other-roots/elsewhere.ts';
import type { KnownModels } from './model/other-roots/known-models.ts';
import { RootIndex } from './model/other-roots/root-index.ts';
import type { RootModel } from './model/root-model.ts';
import { type OpenedTrees, openTrees } from './open-trees.ts';
import { type BuiltShare, buildShare } from './shard/build-share.ts';
import type { FileSystem } from './source/files/file-system.ts';
import { compareText } from './text/compare-text.ts';
import { noTiming, type Timing } from './timing.ts';

/** Optional context of a run. */
export interface RunContext {
  readonly timing?: Timing;
  readonly earlier?: EarlierRun | undefined;
}

/** The trees in the given paths, built and modelled, and the crashes on the way. */
export interface ReadTrees extends OpenedTrees {
  readonly discovery: Discovery;
  /** The roots built without Flux. */
  readonly given: readonly BuiltRoot[];
  readonly flux: FluxMemory;
  /** The builds to lint. */
  readonly built: readonly BuiltRoot[];
  readonly models: ReadonlyMap<BuiltRoot, RootModel>;
  /** All models, with what the next run needs to see which are still valid. */
  readonly allModels: KnownModels;
  /** The files around the builds that the models depend on; more are added while rules run. */
  readonly around: Around;
  /** More may be added while rules run. */
  readonly crashes: Crash[];
}

/** Opens trees like {@link openTrees}, then discovers, builds and models their roots. */
export async function readTrees(
  paths: readonly string[],
  directory: string,
  options: LintOptions,
  fileSystem: FileSystem,
  { timing = noTiming, earlier }: RunContext = {},
): Promise<ReadTrees> {
  const trees = await openTrees(paths, directory, options, fileSystem, earlier);
  // The models of a share depend on roots of other shares, which are not remembered.
  const known = trees.earlier && options.shard === undefined ? recallModels(trees.earlier) : undefined;
  const around = (known && trees.earlier?.around.goOn(trees.sources)) ?? new Around(trees.sources);
  const discovery = timing.measure('discover', () => discoverTrees(trees));
  const crashes: Crash[] = [];
  const applied = findApplied(discovery, around, trees, crashes);
  const appliedFiles = new Set(applied.map(({ path }) => path));
  const roots = [...discovery.roots, ...applied].sort((a, b) => compareText(a.path, b.path));
  const flux = new FluxMemory(trees.earlier?.flux, trees.earlier?.changed);
  const share = buildTrees(trees, roots, flux, around, options, timing, crashes);
  const allModels = timing.measure('model', () => modelShare(share, appliedFiles, trees, around, known, crashes));
  const models = modelsOf(share.judged, allModels);
  return { ...trees, discovery, given: share.given, flux, built: share.judged, models, allModels, around, crashes };
}

function discoverTrees({ targets, sources, ignored, earlier }: OpenedTrees): Discovery {
  return (earlier && recallDiscovery(earlier, sources)) ?? discover(targets, sources, ignored);
}

function findApplied(discovery: Discovery, around: Around, trees: OpenedTrees, crashes: Crash[]): ManifestsRoot[] {
  const find = () => findAppliedFiles(discovery, around, trees);
  return guard('while looking for files that scripts apply', crashes, find) ?? [];
}

function buildTrees(
  { targets, sources, settings, earlier }: OpenedTrees,
  roots: readonly DiscoveredRoot[],
  flux: FluxMemory,
  { deployTexts, delivery }: Around,
  { shard, onProgress }: LintOptions,
  timing: Timing,
  crashes: Crash[],
): BuiltShare {
  const isUnrestricted = unrestrictedBuildFinder(sources, deployTexts);
  const excuse = madeFileExcuser(sources, deployTexts);
  const pushedFolders = pushedFolderFinder(delivery);
  const buildOne = (root: DiscoveredRoot): BuiltRoot | undefined => {
    const built =
      (earlier && recallBuild(root.path, earlier)) ??
      guard(`while building ${root.path}`, crashes, () => buildDiscovered(root, settings, sources));
    // What is refused here may be built as a script of the repository builds it.
    if (built === undefined || !hasFailed(built)) return built;
    const known = isUnrestricted(root.path) ? buildUnrestricted(built, settings, sources) : built;
    const problems = known.problems.map(excuse);
    return problems.some((problem, index) => problem !== known.problems[index]) ? { ...known, problems } : known;
  };
  const build = (wanted: readonly DiscoveredRoot[]): BuiltRoot[] =>
    timing.measure('build', () =>
      wanted.flatMap((root, index) => {
        const built = buildOne(root);
        onProgress?.(index + 1, wanted.length, root.path);
        return built ?? [];
      }),
    );
  const follow = (given: readonly BuiltRoot[], further: FurtherRoots | undefined) =>
    guard('while following Flux', crashes, () =>
      timing.measure('build', () =>
        buildWithFlux(given, targets, settings, sources, { memory: flux, further, pushedFolders }),
      ),
    ) ?? given;
  return buildShare(roots, shard, settings, sources, build, follow);
}

/** Models all roots together, because one may show how another is applied; if that crashes, each one alone. */
function modelShare(
  { all, elsewhere }: BuiltShare,
  appliedFiles: ReadonlySet<string>,
  { sources, settings }: OpenedTrees,
  { delivery, scripts, unlisted }: Around,
  known: KnownModels | undefined,
  crashes: Crash[],
): KnownModels {
  const { dialect, applier, migrationJobs } = settings;
  const { time } = sources.limits;
  const choices = {
    dialect,
    migrationJobs,
    appliedFiles,
    delivery,
    scripts,
    unlisted,
    time,
    ...dropUndefined({ applier }),
  };
  const together = guard('while modelling the releases', crashes, () => remodelRoots(all, choices, elsewhere, known));
  if (together !== undefined) return together;
  const alone = all.flatMap((root) => [
    ...(guard(`while modelling ${root.path}`, crashes, () => remodelRoots([root], choices, nothingElsewhere))?.byRoot ??
      []),
  ]);
  return { byRoot: new Map(alone), fluxNeighbours: [], index: new RootIndex() };
}

function modelsOf(roots: readonly BuiltRoot[], { byRoot }: KnownModels): ReadonlyMap<BuiltRoot, RootModel> {
  const models = new Map<BuiltRoot, RootModel>();
  for (const root of roots) {
    const known = byRoot.get(root);
    if (known !== undefined) models.set(root, known.model);
  }
  return models;
}

/** Records a crash, so that a bug that affects one root does not cost the findings of the others. */
function guard<T>(doing: string, crashes: Crash[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    crashes.push({ doing, error });
    return undefined;
  }
}

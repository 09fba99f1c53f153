import { posix } from 'node:path';
import { findBaseline } from './baseline/read-baseline.ts';
import { dropUndefined } from './collections/drop-undefined.ts';
import { compileOverrides } from './config/overrides.ts';
import { describeUnread } from './delivery/unread-delivery.ts';
import type { Discovery } from './discover/discovered-root.ts';
import type { SkippedPath } from './discover/skipped-path.ts';
import type { RunMemory } from './earlier-run.ts';
import type { Finding } from './findings/finding.ts';
import { isFluxBuilt } from './flux/flux-built-root.ts';
import { FluxMemory } from './flux/flux-memory.ts';
import { describeSelfMigrating } from './inspect/self-migrating.ts';
import { describeUnlisted } from './inspect/unlisted-migrations.ts';
import type { BuiltRoot } from './kustomize/built-root.ts';
import { limitToChanges } from './lint/limit-to-changes.ts';
import type { LintedRoot, LintResult } from './lint/lint-result.ts';
import { chooseExitCode, describeRoot, type LintedRoots, lintRoots, sortRoots } from './lint/lint-roots.ts';
import { levelsOf } from './lint/preset.ts';
import type { KnownFindings } from './lint/run-rules.ts';
import { findSecretPlaces } from './lint/secrets/secret-places.ts';
import type { LintOptions } from './lint-options.ts';
import type { RootModel } from './model/root-model.ts';
import { type ReadTrees, type RunContext, readTrees } from './read-trees.ts';
import { rules } from './rules/index.ts';
import type { FileSystem } from './source/files/file-system.ts';
import { isOver } from './source/source-cache.ts';
import { noTiming, type Timing } from './timing.ts';

/**
 * Lints the trees in the given paths: discover, build, model, lint. Paths are absolute, relative to `directory`, globs, or `-`
 * for `options.stdin`. Throws a UsageError for a missing path or invalid settings; anything wrong in the trees is a finding.
 */
export async function run(
  paths: readonly string[],
  directory: string,
  options: LintOptions,
  fileSystem: FileSystem,
): Promise<LintResult> {
  return (await runWithBuilds(paths, directory, options, fileSystem)).result;
}

/** The result of a run, with what fixes and the next run need. */
export interface Linted {
  readonly result: LintResult;
  /** All findings, even if `result` has only those that changes can affect. */
  readonly found: readonly Finding[];
  /** Those that changes can affect, with all their roots. */
  readonly affected: readonly Finding[];
  /** The builds that were linted. */
  readonly built: readonly BuiltRoot[];
  readonly memory: RunMemory;
}

/** Like {@link run}, but also returns the builds, and what the next run can reuse. */
export async function runWithBuilds(
  paths: readonly string[],
  directory: string,
  options: LintOptions,
  fileSystem: FileSystem,
  context: RunContext = {},
): Promise<Linted> {
  const trees = await readTrees(paths, directory, options, fileSystem, context);
  const { settings, discovery, built, crashes } = trees;
  const findings: KnownFindings = trees.earlier?.findings ?? new WeakMap();
  const { timing = noTiming } = context;
  const judged = judgeTrees(trees, directory, options, findings, timing);
  const changed = options.changedFiles?.map((path) => posix.resolve(directory, path));
  const {
    parts: _,
    affected,
    ...reported
  } = changed === undefined
    ? { ...judged, affected: judged.findings }
    : limitToChanges(judged, built, changed, fileSystem);
  const result: LintResult = {
    ...reported,
    skipped: [...discovery.skipped, ...findUnlisted(judged.roots, trees, options), ...findUnread(trees, options)],
    crashes,
    // A share may be empty even if there is something to lint.
    exitCode: chooseExitCode({ ...reported, roots: discovery.roots, crashes }, settings.failOn),
    failOn: settings.failOn,
    ...dropUndefined({ shard: options.shard }),
  };
  return { result, found: judged.findings, affected, built, memory: toMemory(trees, findings) };
}

/** The findings in the trees, before they are limited to changes. */
type Judged = LintedRoots & Pick<LintResult, 'roots' | 'secrets'>;

function judgeTrees(
  { sources, settings, built, models, discovery, crashes }: ReadTrees,
  directory: string,
  options: LintOptions,
  knownFindings: KnownFindings,
  timing: Timing,
): Judged {
  const baseline = findBaseline(directory, options, settings, sources);
  const secrets = findSecretPlaces(built, sources);
  const levels = levelsOf(rules, settings);
  const overrides = compileOverrides(settings);
  const input = { built, models, rules, levels, overrides, sources, secrets, baseline, timing, knownFindings };
  const judged = timing.measure('rules', () => lintRoots(input, crashes));
  return { ...judged, roots: describeRoots(built, models, discovery), secrets };
}

function describeRoots(
  built: readonly BuiltRoot[],
  models: ReadonlyMap<BuiltRoot, RootModel>,
  discovery: Discovery,
): LintedRoot[] {
  const kinds = new Map(discovery.roots.map(({ path, kind }) => [path, kind]));
  return sortRoots(
    built.map((root) => {
      const kind = isFluxBuilt(root) ? 'flux' : (kinds.get(root.path) ?? 'manifests');
      return describeRoot(root, kind, countReleases(models.get(root)));
    }),
  );
}

/** A migration without a name belongs to no release, and is one of its own. */
function countReleases(model: RootModel | undefined): number {
  return model === undefined ? 0 : model.releases.length + model.unnamedMigrations.length;
}

/** If there is no migration Job, remarks about unlisted ones, or about services that migrate in their own pods. */
function findUnlisted(
  roots: readonly LintedRoot[],
  { built, models, settings: { dialect }, sources, ignored }: ReadTrees,
  { shard }: LintOptions,
): SkippedPath[] {
  if (shard !== undefined || roots.length === 0 || roots.some(({ releases }) => releases > 0)) return [];
  const unlisted = describeUnlisted(built, { dialect }, sources, ignored);
  return unlisted.length > 0 ? unlisted : describeSelfMigrating(models.values());
}

/** Remarks about pipelines that were not read. A share has none, because merging would repeat them. */
function findUnread({ built, models, sources }: ReadTrees, { shard }: LintOptions): SkippedPath[] {
  return shard === undefined ? describeUnread(built, models, sources) : [];
}

/** What the next run can reuse. */
function toMemory(trees: ReadTrees, findings: KnownFindings): RunMemory {
  const { sources, boundary, settings, targets, discovery, around, allModels } = trees;
  const kept = { sources, boundary, settings, targets, discovery, around, models: allModels, findings };
  // A run that hit its time limit has not built everything.
  if (isOver(sources.limits.time)) return { ...kept, built: new Map(), flux: new FluxMemory() };
  return { ...kept, built: new Map(trees.given.map((root) => [root.path, root])), flux: trees.flux };
}

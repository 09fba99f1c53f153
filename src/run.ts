import { posix } from 'node:path';
import { findBaseline } from './baseline/read-baseline.ts';
import { compileOverrides } from './config/overrides.ts';
import { dropUndefined } from './drop-undefined.ts';
import type { RunMemory } from './earlier-run.ts';
import { isFluxBuilt } from './flux/flux-built-root.ts';
import { FluxMemory } from './flux/flux-memory.ts';
import { describeUnlisted } from './inspect/unlisted-migrations.ts';
import type { BuiltRoot } from './kustomize/built-root.ts';
import type { Finding } from './lint/finding.ts';
import { limitToChanges } from './lint/limit-to-changes.ts';
import type { LintResult } from './lint/lint-result.ts';
import { chooseExitCode, describeRoot, lintRoots, sortRoots } from './lint/lint-roots.ts';
import { levelsOf } from './lint/preset.ts';
import type { KnownFindings } from './lint/run-rules.ts';
import { findSecretPlaces } from './lint/secret-places.ts';
import type { LintOptions } from './lint-options.ts';
import { type RunContext, readTrees } from './read-trees.ts';
import { rules } from './rules/index.ts';
import type { FileSystem } from './source/file-system.ts';
import { isOver } from './source/source-cache.ts';
import { noTiming } from './timing.ts';

/**
 * Lints what the given paths hold: discover, build, model, lint. Paths are relative to `directory` or absolute; a
 * glob, or `-` for `options.stdin`. Throws a UsageError for a path that is not there and for faulty settings; whatever is
 * wrong in the trees is a finding.
 */
export async function run(
  paths: readonly string[],
  directory: string,
  options: LintOptions,
  fileSystem: FileSystem,
): Promise<LintResult> {
  return (await runWithBuilds(paths, directory, options, fileSystem)).result;
}

/** What a run gives to whoever goes on with it. */
export interface Linted {
  readonly result: LintResult;
  /** All findings, also where `result` has only those that changes can reach. */
  readonly found: readonly Finding[];
  /** The builds that were linted. */
  readonly built: readonly BuiltRoot[];
  readonly memory: RunMemory;
}

/** As {@link run}, with the builds that were linted, and what the next run can make use of. */
export async function runWithBuilds(
  paths: readonly string[],
  directory: string,
  options: LintOptions,
  fileSystem: FileSystem,
  context: RunContext = {},
): Promise<Linted> {
  const { timing = noTiming } = context;
  const trees = await readTrees(paths, directory, options, fileSystem, context);
  const { sources, settings, targets, discovery, built, models, allModels, around, crashes } = trees;
  const baseline = findBaseline(directory, options, settings, sources);
  const secrets = findSecretPlaces(built, sources);
  const levels = levelsOf(rules, settings);
  const overrides = await compileOverrides(settings, sources.fileSystem);
  const knownFindings: KnownFindings = trees.earlier?.findings ?? new WeakMap();
  const input = { built, models, rules, levels, overrides, sources, secrets, baseline, timing, knownFindings };
  const judged = timing.measure('rules', () => lintRoots(input, crashes));

  const kinds = new Map(discovery.roots.map(({ path, kind }) => [path, kind]));
  const releases = new Map([...models].map(([{ path }, each]) => [path, each.releases.length]));
  const roots = sortRoots(
    built.map((root) =>
      describeRoot(
        root,
        isFluxBuilt(root) ? 'flux' : (kinds.get(root.path) ?? 'manifests'),
        releases.get(root.path) ?? 0,
      ),
    ),
  );
  const changed = options.changedFiles?.map((path) => posix.resolve(directory, path));
  const all = { ...judged, roots };
  const reported = changed === undefined ? all : limitToChanges(all, built, changed, fileSystem);
  const { failOn } = settings;
  // The share of a shard may be empty where there is something to lint.
  const exitCode = chooseExitCode({ ...reported, roots: discovery.roots, crashes }, failOn);
  const shard = dropUndefined({ shard: options.shard });
  // A migration that nobody lists is worth a word where no other is found; `inspect` tells of all.
  const isBare = options.shard === undefined && roots.length > 0 && roots.every(({ releases: count }) => count === 0);
  const unlisted = isBare ? describeUnlisted(built, { dialect: settings.dialect }, sources, trees.ignored) : [];
  const skipped = [...discovery.skipped, ...unlisted];
  const result = { ...reported, skipped, crashes, secrets, exitCode, failOn, ...shard };
  // What was built until the time was over is not all there is to it.
  const isWhole = !isOver(sources.limits.time);
  const memory = {
    sources,
    boundary: trees.boundary,
    settings,
    targets,
    discovery,
    built: new Map((isWhole ? trees.given : []).map((root) => [root.path, root])),
    flux: isWhole ? trees.flux : new FluxMemory(),
    models: allModels,
    around,
    findings: knownFindings,
  };
  return { result, found: judged.findings, built, memory };
}

import { posix } from 'node:path';
import { buildDiscovered, buildWithFlux } from './build-roots.ts';
import { resolveSettings, type Settings } from './config/settings.ts';
import { deliveryReader } from './delivery/read-delivery.ts';
import { discover, standardInput } from './discover/discover.ts';
import { compileIgnore, expandPaths } from './discover/expand-patterns.ts';
import { isFluxBuilt } from './flux/flux-built-root.ts';
import type { BuiltRoot } from './kustomize/built-root.ts';
import { limitToChanges } from './lint/limit-to-changes.ts';
import type { Crash, LintResult } from './lint/lint-result.ts';
import { chooseExitCode, describeRoot, lintRoots } from './lint/lint-roots.ts';
import { levelsOf } from './lint/preset.ts';
import { findSecretPlaces } from './lint/secret-places.ts';
import type { LintOptions } from './lint-options.ts';
import { modelRoots } from './model/model-roots.ts';
import type { RootModel } from './model/root-model.ts';
import { rules } from './rules/index.ts';
import type { FileSystem } from './source/file-system.ts';
import { SourceCache } from './source/source-cache.ts';
import { SourceFile } from './source/source-file.ts';

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
  const sources = new SourceCache(fileSystem);
  const stdin = provideStdin(directory, options, sources);
  const targets = await expandPaths(paths, directory, stdin, fileSystem);
  const settings = resolveSettings(targets, directory, options, sources);
  const { patterns, directory: ignoreBase } = settings.ignore;
  const ignored = await compileIgnore(patterns, ignoreBase, fileSystem);
  const { roots: discovered, skipped } = discover(targets, sources, ignored);

  const crashes: Crash[] = [];
  const given = discovered.flatMap(
    (root) => guard(`while building ${root.path}`, crashes, () => buildDiscovered(root, settings, sources)) ?? [],
  );
  const built = guard('while following Flux', crashes, () => buildWithFlux(given, targets, settings, sources)) ?? given;
  const models = model(built, settings, sources, crashes);
  const secrets = findSecretPlaces(built, sources);
  const judged = lintRoots({ built, models, rules, levels: levelsOf(rules, settings), sources, secrets }, crashes);

  const kinds = new Map(discovered.map(({ path, kind }) => [path, kind]));
  const releases = new Map(models.map((each) => [each.root.path, each.releases.length]));
  const roots = built.map((root) =>
    describeRoot(
      root,
      isFluxBuilt(root) ? 'flux' : (kinds.get(root.path) ?? 'manifests'),
      releases.get(root.path) ?? 0,
    ),
  );
  const changed = options.changedFiles?.map((path) => posix.resolve(directory, path));
  const all = { ...judged, roots };
  const reported = changed === undefined ? all : limitToChanges(all, built, changed, fileSystem);
  const exitCode = chooseExitCode({ ...reported, roots, crashes }, settings.failOn);
  return { ...reported, skipped, crashes, secrets, exitCode };
}

/** All roots are modelled together, as one may tell how another is applied; if that fails, each by itself. */
function model(built: readonly BuiltRoot[], settings: Settings, sources: SourceCache, crashes: Crash[]): RootModel[] {
  const { dialect, applier, migrationJobs } = settings;
  const delivery = deliveryReader(sources);
  const choices = { dialect, migrationJobs, delivery, ...(applier === undefined ? {} : { applier }) };
  return (
    guard('while modelling the releases', crashes, () => modelRoots(built, choices)) ??
    built.flatMap((root) => guard(`while modelling ${root.path}`, crashes, () => modelRoots([root], choices)) ?? [])
  );
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

/** Puts the text of standard input where the build finds it; gives the path that it goes by. */
function provideStdin(directory: string, { stdin }: LintOptions, sources: SourceCache): string {
  const path = stdin?.path === undefined ? standardInput : posix.resolve(directory, stdin.path);
  if (stdin) sources.provide(new SourceFile(path, stdin.text));
  return path;
}

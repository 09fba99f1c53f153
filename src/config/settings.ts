import { posix } from 'node:path';
import { type Dialect, defaultDialect } from '../kustomize/dialect.ts';
import type { LintOptions } from '../lint-options.ts';
import { commonFolder } from '../source/files/path.ts';
import { platformPaths } from '../source/files/platform-paths.ts';
import type { SourceCache } from '../source/source-cache.ts';
import type { Applier, Config, FailureThreshold, LoadRestrictor, Preset, RuleLevel, RuleOverride } from './config.ts';
import { findConfig } from './find-config.ts';
import { nameVariables, resolveFolders } from './flux-settings.ts';
import { chooseHelm, resolveRemoteCache } from './left-out-settings.ts';
import { readConfig } from './read-config.ts';

/** The settings of a run: options override the settings file, which overrides the defaults. */
export interface Settings {
  readonly dialect: Dialect;
  /** Undefined: detected from the tree. */
  readonly applier: Applier | undefined;
  readonly loadRestrictor: LoadRestrictor;
  /** Absolute path of the folder to read remote bases and files from. */
  readonly remoteCache: string | undefined;
  /** The helm to run for local charts; undefined if none may be run. */
  readonly helm: string | undefined;
  readonly failOn: FailureThreshold;
  readonly preset: Preset;
  /** Levels by rule id; they override the preset. */
  readonly levels: ReadonlyMap<string, RuleLevel>;
  readonly overrides: readonly RuleOverride[];
  readonly migrationJobs: readonly string[];
  /** Absolute folders of Flux sources by name. */
  readonly sources: ReadonlyMap<string, string>;
  /** Values of Flux variables that the tree does not set; `undefined` if only the name is known. */
  readonly variables: ReadonlyMap<string, string | undefined>;
  readonly strictSubstitution: boolean;
  /** Absolute path of the baseline, a file of findings not to report. */
  readonly baseline: string | undefined;
  /** Globs to skip when folders are searched, and the folder that these and the globs of `overrides` are relative to. */
  readonly ignore: { readonly patterns: readonly string[]; readonly directory: string };
}

/**
 * Resolves the settings for absolute paths. The search for a settings file starts in their deepest common folder. Throws a
 * UsageError for an invalid file.
 */
export function resolveSettings(
  paths: readonly string[],
  directory: string,
  options: LintOptions,
  sources: SourceCache,
): Settings {
  const config = loadConfig(paths, directory, options, sources);
  return {
    dialect: options.kustomize ?? config?.dialect ?? defaultDialect,
    applier: options.applier ?? config?.applier,
    loadRestrictor: options.loadRestrictor ?? config?.loadRestrictor ?? 'root-only',
    remoteCache: resolveRemoteCache(options.remoteCache ?? config?.remoteCache, directory, sources.fileSystem),
    helm: chooseHelm(options),
    failOn: options.failOn ?? config?.failOn ?? 'error',
    preset: options.preset ?? config?.preset ?? 'recommended',
    levels: new Map([...(config?.rules ?? []), ...Object.entries(options.rules ?? {})]),
    overrides: config?.overrides ?? [],
    migrationJobs: config?.migrationJobs ?? [],
    sources: new Map([...(config?.sources ?? []), ...resolveFolders(options.sources ?? {}, directory)]),
    variables: new Map([...(config?.variables ?? []), ...nameVariables(options.variables ?? {})]),
    strictSubstitution: options.strictSubstitution ?? config?.strictSubstitution ?? false,
    baseline: chooseBaseline(directory, options, config),
    ignore: { patterns: config?.ignore ?? [], directory: config?.directory ?? directory },
  };
}

function chooseBaseline(directory: string, { baseline }: LintOptions, config: Config | undefined): string | undefined {
  if (baseline === false) return undefined;
  return baseline === undefined ? config?.baseline : posix.resolve(directory, baseline);
}

function loadConfig(
  paths: readonly string[],
  directory: string,
  { config }: LintOptions,
  sources: SourceCache,
): Config | undefined {
  if (config === false) return undefined;
  if (config !== undefined) return readConfig(posix.resolve(directory, config), sources, platformPaths.leave(config));
  const { fileSystem } = sources;
  const folders = paths.map((path) => (fileSystem.stat(path)?.kind === 'directory' ? path : posix.dirname(path)));
  const found = findConfig(commonFolder(folders) ?? directory, fileSystem);
  return found === undefined ? undefined : readConfig(found, sources);
}

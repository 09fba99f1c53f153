import { isDeepStrictEqual } from 'node:util';
import type { Settings } from './config/settings.ts';
import type { Around } from './delivery/around.ts';
import type { Discovery } from './discover/discovered-root.ts';
import { discoversTheSame } from './discover/discovers-the-same.ts';
import type { FluxMemory } from './flux/flux-memory.ts';
import type { BuiltRoot } from './kustomize/built-root.ts';
import type { KnownFindings } from './lint/run-rules.ts';
import type { KnownModels } from './model/other-roots/known-models.ts';
import type { FileSystemCache } from './source/files/caching-file-system.ts';
import type { SourceCache } from './source/source-cache.ts';

/** What a run keeps for the next one on the same trees. */
export interface RunMemory {
  readonly sources: SourceCache;
  /** The folders that the run was allowed to read. */
  readonly boundary: readonly string[];
  readonly settings: Settings;
  /** The given paths, absolute. */
  readonly targets: readonly string[];
  readonly discovery: Discovery;
  /** The roots built without Flux, by path. */
  readonly built: ReadonlyMap<string, BuiltRoot>;
  readonly flux: FluxMemory;
  readonly models: KnownModels;
  readonly around: Around;
  readonly findings: KnownFindings;
}

/** An earlier run, for a run after changes. */
export interface EarlierRun extends RunMemory {
  /** Absolute paths of files whose content has changed. */
  readonly changed: ReadonlySet<string>;
  /** Whether files were also added or removed. Then any build may change, and only the contents of files can be reused. */
  readonly isStructural?: boolean;
}

/** What the earlier run knows about which files exist, if that is still valid. */
export function recallFileSystem(
  earlier: EarlierRun | undefined,
  boundary: readonly string[],
): FileSystemCache | undefined {
  if (earlier === undefined || isStructural(earlier) || !isDeepStrictEqual(boundary, earlier.boundary))
    return undefined;
  return earlier.sources.fileSystemCache.startRun(earlier.changed);
}

/** Also true for changes of unreadable or binary files, because a build does not record having read them. */
function isStructural({ isStructural, sources, changed }: EarlierRun): boolean {
  return isStructural === true || [...changed].some((path) => sources.isNoText(path));
}

/** The earlier run, if this one has the same settings and paths; undefined if its results cannot be reused. */
export function recallRun(
  earlier: EarlierRun | undefined,
  settings: Settings,
  targets: readonly string[],
): EarlierRun | undefined {
  if (earlier === undefined || isStructural(earlier)) return undefined;
  return isDeepStrictEqual([earlier.settings, earlier.targets], [settings, targets]) ? earlier : undefined;
}

/** The earlier discovery, if the changes do not affect it. */
export function recallDiscovery(earlier: EarlierRun, sources: SourceCache): Discovery | undefined {
  const { discovery, changed, targets, sources: before } = earlier;
  const isSame = [...changed].every((path) => !targets.includes(path) && discoversTheSame(path, before, sources));
  return isSame ? discovery : undefined;
}

/** The earlier build of a root, if it reads none of the changed files; undefined if it must be rebuilt. */
export function recallBuild(path: string, { built, changed }: EarlierRun): BuiltRoot | undefined {
  const root = built.get(path);
  return root?.files.some((file) => changed.has(file.path)) ? undefined : root;
}

/** The earlier models, if no changed file affects them other than through the builds. */
export function recallModels({ models, around, changed }: EarlierRun): KnownModels | undefined {
  return [...changed].some((path) => around.files.has(path)) ? undefined : models;
}

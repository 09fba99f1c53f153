import { isDeepStrictEqual } from 'node:util';
import type { Settings } from './config/settings.ts';
import type { Around } from './delivery/around.ts';
import type { Discovery } from './discover/discovered-root.ts';
import { discoversTheSame } from './discover/discovers-the-same.ts';
import type { FluxMemory } from './flux/flux-memory.ts';
import type { BuiltRoot } from './kustomize/built-root.ts';
import type { KnownFindings } from './lint/run-rules.ts';
import type { KnownModels } from './model/known-models.ts';
import type { FileAnswers } from './source/remembering-file-system.ts';
import type { SourceCache } from './source/source-cache.ts';

/** What a run leaves for the next one over the same trees. */
export interface RunMemory {
  readonly sources: SourceCache;
  /** The folders that nothing outside of was read. */
  readonly boundary: readonly string[];
  readonly settings: Settings;
  /** The paths that were given, absolute. */
  readonly targets: readonly string[];
  readonly discovery: Discovery;
  /** What was built without Flux, by path. */
  readonly built: ReadonlyMap<string, BuiltRoot>;
  readonly flux: FluxMemory;
  readonly models: KnownModels;
  readonly around: Around;
  readonly findings: KnownFindings;
}

/** An earlier run, for one that follows on changes. */
export interface EarlierRun extends RunMemory {
  /** Absolute paths of files whose content is another one now. */
  readonly changed: ReadonlySet<string>;
  /** Whether files have come or gone too. Then any build may come out otherwise, and only what was read of files holds. */
  readonly isStructural?: boolean;
}

/** What is known of which files there are, where that is so still. */
export function recallAnswers(earlier: EarlierRun | undefined, boundary: readonly string[]): FileAnswers | undefined {
  if (earlier === undefined || isStructural(earlier) || !isDeepStrictEqual(boundary, earlier.boundary))
    return undefined;
  return earlier.sources.answers.goOn(earlier.changed);
}

/** A build does not say which files it has read that are no texts, or that it could not read. */
function isStructural({ isStructural, sources, changed }: EarlierRun): boolean {
  return isStructural === true || [...changed].some((path) => sources.isNoText(path));
}

/** The earlier run where this one does the same in other files, and undefined where its results may not be taken over. */
export function recallRun(
  earlier: EarlierRun | undefined,
  settings: Settings,
  targets: readonly string[],
): EarlierRun | undefined {
  if (earlier === undefined || isStructural(earlier)) return undefined;
  return isDeepStrictEqual([earlier.settings, earlier.targets], [settings, targets]) ? earlier : undefined;
}

/** What was discovered, where the changes leave that as it is. */
export function recallDiscovery(earlier: EarlierRun, sources: SourceCache): Discovery | undefined {
  const { discovery, changed, targets, sources: before } = earlier;
  const isSame = [...changed].every((path) => !targets.includes(path) && discoversTheSame(path, before, sources));
  return isSame ? discovery : undefined;
}

/** The build of a root that reads none of the changed files; undefined where it must be built anew. */
export function recallBuild(path: string, { built, changed }: EarlierRun): BuiltRoot | undefined {
  const root = built.get(path);
  return root?.files.some((file) => changed.has(file.path)) ? undefined : root;
}

/** The models, where nothing has changed that they are made of besides the builds. */
export function recallModels({ models, around, changed }: EarlierRun): KnownModels | undefined {
  return [...changed].some((path) => around.files.has(path)) ? undefined : models;
}

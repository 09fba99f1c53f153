import type { BuiltRoot } from './kustomize/built-root.ts';
import type { SourceCache } from './source/source-cache.ts';

/** What a run leaves for the next one over the same trees. */
export interface RunMemory {
  readonly sources: SourceCache;
  /** What was built without Flux, by path. */
  readonly built: ReadonlyMap<string, BuiltRoot>;
}

/** An earlier run, for one that follows on changes. It has no builds where these may bear on any of them. */
export interface EarlierRun extends RunMemory {
  /** Absolute paths of files whose content is another one now. */
  readonly changed: ReadonlySet<string>;
}

/** Takes over what was read and parsed of the files that are the same still. */
export function recallSources(sources: SourceCache, { sources: before, changed }: EarlierRun): void {
  sources.takeOver(before, (path) => !changed.has(path));
}

/** The build of a root that reads none of the changed files; undefined where it must be built anew. */
export function recallBuild(path: string, { built, changed }: EarlierRun): BuiltRoot | undefined {
  const root = built.get(path);
  return root?.files.some((file) => changed.has(file.path)) ? undefined : root;
}

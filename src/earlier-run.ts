import type { BuiltRoot } from './kustomize/built-root.ts';
import type { SourceCache } from './source/source-cache.ts';

/** What a run over the same trees has left, for one that follows on a change. */
export interface EarlierRun {
  readonly sources: SourceCache;
  /** What was built without Flux. Empty where files have come or gone, as these bear on builds that read neither. */
  readonly built: readonly BuiltRoot[];
  /** Absolute paths of files whose content is another one now. */
  readonly changed: ReadonlySet<string>;
}

/** Takes over what was read and parsed of the files that are the same still. */
export function recallSources(sources: SourceCache, { sources: before, changed }: EarlierRun): void {
  sources.takeOver(before, (path) => !changed.has(path));
}

/** The build of a root that reads none of the changed files; undefined where it must be built anew. */
export function recallBuild(path: string, { built, changed }: EarlierRun): BuiltRoot | undefined {
  const root = built.find((each) => each.path === path);
  return root?.files.some((file) => changed.has(file.path)) ? undefined : root;
}

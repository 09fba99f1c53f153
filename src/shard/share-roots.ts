import type { DiscoveredRoot } from '../discover/discovered-root.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { takeShare } from './partition.ts';
import { costOfFiles, RootClosures } from './root-closure.ts';
import type { Shard } from './shard.ts';

/** Which roots are built in any case, and which only where somebody asks what they bring. */
export interface SharedRoots {
  readonly own: readonly DiscoveredRoot[];
  readonly others: readonly DiscoveredRoot[];
  /** The share of what was built that is to be judged; undefined for all of it. */
  readonly judged?: Shard;
}

/** The `apiVersion` of objects that tell what is built of the other roots, and who applies them; annotations have it otherwise. */
const tellsOfOthers = ['kustomize.toolkit.fluxcd.io/v', 'argoproj.io/v'];

/**
 * Parts the roots among machines, by what each reads. Where Flux or Argo CD says in some root what is to be built, that
 * is not known before: then all is built everywhere, and the results are parted.
 */
export function shareRoots(
  roots: readonly DiscoveredRoot[],
  shard: Shard | undefined,
  sources: SourceCache,
): SharedRoots {
  if (shard === undefined) return { own: roots, others: [] };
  const closures = new RootClosures(sources);
  if (roots.some((root) => closures.mentions(root, tellsOfOthers))) return { own: roots, others: [], judged: shard };
  const weighed = roots.map((root) => ({ root, path: root.path, cost: closures.costOf(root) }));
  const own = new Set(takeShare(weighed, shard).map(({ root }) => root));
  return { own: [...own], others: roots.filter((root) => !own.has(root)) };
}

/** The share of roots that have been built, by the files that they were built from. */
export function shareBuilds(built: readonly BuiltRoot[], shard: Shard): BuiltRoot[] {
  // Several may be built of one folder, as Flux may have several Kustomizations for it; these stand in one order everywhere.
  const weighed = built.map((root, index) => ({
    root,
    path: `${root.path}\0${String(index).padStart(6, '0')}`,
    cost: costOfFiles(root.files.map(({ text }) => text.length)),
  }));
  return takeShare(weighed, shard).map(({ root }) => root);
}

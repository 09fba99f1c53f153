import type { Applier } from '../config/config.ts';
import type { DiscoveredRoot } from '../discover/discovered-root.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { BoundNamesOfRoots } from './bound-names.ts';
import { takeShare } from './partition.ts';
import { costOfFiles, RootClosures } from './root-closure.ts';
import type { Shard } from './shard.ts';

/** Which roots are built in any case, and which only where somebody asks what they bring. */
export interface SharedRoots {
  readonly own: readonly DiscoveredRoot[];
  readonly others: readonly DiscoveredRoot[];
  /** Whether one of the others may bind a role to an account of this name, or to groups or users, by what its files say. */
  mayBind(root: DiscoveredRoot, account: string): boolean;
  /** Those that are to be judged, of what has come of the own ones. */
  judged(built: readonly BuiltRoot[]): readonly BuiltRoot[];
}

/** The `apiVersion` of objects that tell what is built of other roots; annotations have it otherwise. */
const flux = 'kustomize.toolkit.fluxcd.io/v';

/** And of those that only tell who applies them. */
const argo = 'argoproj.io/v';

/**
 * Parts the roots among machines, by what each reads. Where Flux says in some root what is to be built, that is not known
 * before: then all is built everywhere, and the results are parted. A root with Applications of Argo CD is built everywhere,
 * too, and judged by one. Nobody is asked where the settings say who applies the roots.
 */
export function shareRoots(
  roots: readonly DiscoveredRoot[],
  shard: Shard | undefined,
  applier: Applier | undefined,
  sources: SourceCache,
): SharedRoots {
  const whole = { own: roots, others: [], mayBind: () => false };
  if (shard === undefined) return { ...whole, judged: (built) => built };
  const closures = new RootClosures(sources);
  const isFollowed = applier === undefined || applier === 'flux';
  if (isFollowed && roots.some((root) => closures.mentions(root, flux))) {
    return { ...whole, judged: (built) => shareBuilds(built, shard) };
  }
  const weighed = roots.map((root) => ({ root, path: root.path, cost: closures.costOf(root) }));
  const share = new Set(takeShare(weighed, shard).map(({ root }) => root));
  const own = new Set(
    roots.filter((root) => share.has(root) || (applier === undefined && closures.mentions(root, argo))),
  );
  const paths = new Set([...share].map(({ path }) => path));
  const bound = new BoundNamesOfRoots(closures, sources);
  return {
    own: [...own],
    others: roots.filter((root) => !own.has(root)),
    mayBind: (root, account) => bound.mayBind(root, account),
    judged: (built) => built.filter(({ path }) => paths.has(path)),
  };
}

/** The share of roots that have been built, by the files that they were built from. */
function shareBuilds(built: readonly BuiltRoot[], shard: Shard): BuiltRoot[] {
  // Several may be built of one folder, as Flux may have several Kustomizations for it; these stand in one order everywhere.
  const weighed = built.map((root, index) => ({
    root,
    path: `${root.path}\0${String(index).padStart(6, '0')}`,
    cost: costOfFiles(root.files.map(({ text }) => text.length)),
  }));
  return takeShare(weighed, shard).map(({ root }) => root);
}

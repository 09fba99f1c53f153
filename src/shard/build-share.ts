import type { Settings } from '../config/settings.ts';
import type { DiscoveredRoot } from '../discover/discovered-root.ts';
import type { FurtherRoots } from '../flux/clusters/given-objects.ts';
import { isFluxBuilt } from '../flux/flux-built-root.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Elsewhere } from '../model/other-roots/elsewhere.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { BoundNamesOfRoots } from './bound-names.ts';
import { RootClosures } from './root-closure.ts';
import type { Shard } from './shard.ts';
import { shareRoots } from './share-roots.ts';
import { WrittenNames } from './written-names.ts';

/** The builds for one share of the roots, or for all of them. */
export interface BuiltShare {
  /** The roots of the share, built without Flux. */
  readonly given: readonly BuiltRoot[];
  /** The builds to model. */
  readonly all: readonly BuiltRoot[];
  /** The builds among `all` to run rules on. */
  readonly judged: readonly BuiltRoot[];
  /** Access to the objects of other roots. */
  readonly elsewhere: Elsewhere;
}

/**
 * Builds the roots of one share. Other roots are built on demand, if their files may contain the requested object.
 * @param build builds without Flux
 * @param follow replaces roots with what Flux builds from them
 */
export function buildShare(
  roots: readonly DiscoveredRoot[],
  shard: Shard | undefined,
  { applier, helm, remoteCache }: Pick<Settings, 'applier' | 'helm' | 'remoteCache'>,
  sources: SourceCache,
  build: (roots: readonly DiscoveredRoot[]) => readonly BuiltRoot[],
  follow: (given: readonly BuiltRoot[], further: FurtherRoots | undefined) => readonly BuiltRoot[],
): BuiltShare {
  // The contents of charts and cached repositories are not known before the build.
  const isKnown = helm === undefined && remoteCache === undefined;
  const closures = new RootClosures(sources);
  const shared = shareRoots(roots, shard, applier, isKnown, closures, sources);
  const buildOther = buildOnce(shared.others, build);
  const names = new WrittenNames(closures, sources);
  const bound = new BoundNamesOfRoots(closures, sources);
  const positions = new Map(roots.map(({ path }, index) => [path, index]));
  const positionOf = (root: BuiltRoot): number =>
    isFluxBuilt(root) ? roots.length : (positions.get(root.path) ?? roots.length);
  const holding = (among: readonly DiscoveredRoot[]) =>
    memoize((kind: string, name: string | undefined) => buildOther(isKnown ? names.holding(among, kind, name) : among));

  const first = build(shared.first);
  const followed = follow(
    first,
    shared.others.length === 0 ? undefined : { holding: holding(shared.others), positionOf },
  );
  const share = shared.divide(followed, (root) => buildOther([root])[0]);
  const more = buildOther(share.more);
  const all = more.length === 0 ? followed : [...followed, ...more].sort((a, b) => positionOf(a) - positionOf(b));
  const elsewhere: Elsewhere = {
    holding: holding(share.others),
    binding: (account) => buildOther(share.others.filter((root) => !isKnown || bound.mayBind(root, account))),
    positionOf,
  };
  return { given: [...first, ...more], all, judged: share.judged(all), elsewhere };
}

/** Builds each root once, when it is first requested; returns the builds in the requested order. */
function buildOnce(
  roots: readonly DiscoveredRoot[],
  build: (roots: readonly DiscoveredRoot[]) => readonly BuiltRoot[],
): (wanted: readonly DiscoveredRoot[]) => readonly BuiltRoot[] {
  const unbuilt = new Set(roots);
  const built = new Map<string, BuiltRoot>();
  return (wanted) => {
    for (const root of build(wanted.filter((each) => unbuilt.has(each)))) built.set(root.path, root);
    for (const root of wanted) unbuilt.delete(root);
    return wanted.flatMap(({ path }) => built.get(path) ?? []);
  };
}

/** Caches the results of a lookup by kind and name. */
function memoize<T>(
  find: (kind: string, name: string | undefined) => T,
): (kind: string, name: string | undefined) => T {
  const known = new Map<string, T>();
  return (kind, name) => {
    const key = name === undefined ? kind : `${kind} ${name}`;
    const found = known.get(key) ?? find(kind, name);
    known.set(key, found);
    return found;
  };
}

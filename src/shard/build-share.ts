import type { Settings } from '../config/settings.ts';
import type { DiscoveredRoot } from '../discover/discovered-root.ts';
import { isFluxBuilt } from '../flux/flux-built-root.ts';
import type { FurtherRoots } from '../flux/given-objects.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Elsewhere } from '../model/elsewhere.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { BoundNamesOfRoots } from './bound-names.ts';
import { RootClosures } from './root-closure.ts';
import type { Shard } from './shard.ts';
import { shareRoots } from './share-roots.ts';
import { WrittenNames } from './written-names.ts';

/** What is built of the given roots for one share of them, or for all where there is one machine. */
export interface BuiltShare {
  /** What was built without Flux, for itself. */
  readonly given: readonly BuiltRoot[];
  /** What is to be modelled. */
  readonly all: readonly BuiltRoot[];
  /** Of these, what is to be judged. */
  readonly judged: readonly BuiltRoot[];
  /** What the others bring, for those who ask. */
  readonly elsewhere: Elsewhere;
}

/**
 * Builds what one share needs, and of the others what somebody asks for and the files do not rule out.
 * @param build builds without Flux
 * @param follow puts what Flux builds in the place of what it covers
 */
export function buildShare(
  roots: readonly DiscoveredRoot[],
  shard: Shard | undefined,
  { applier, helm, remoteCache }: Pick<Settings, 'applier' | 'helm' | 'remoteCache'>,
  sources: SourceCache,
  build: (roots: readonly DiscoveredRoot[]) => readonly BuiltRoot[],
  follow: (given: readonly BuiltRoot[], further: FurtherRoots | undefined) => readonly BuiltRoot[],
): BuiltShare {
  // What a chart or a cached repository holds is not known before it is built.
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
    remember((kind: string, name: string | undefined) =>
      buildOther(isKnown ? names.holding(among, kind, name) : among),
    );

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

/** Builds those of some roots that somebody asks for, each when it is first asked for; gives them in the order in which they are asked for. */
function buildOnce(
  roots: readonly DiscoveredRoot[],
  build: (roots: readonly DiscoveredRoot[]) => readonly BuiltRoot[],
): (wanted: readonly DiscoveredRoot[]) => readonly BuiltRoot[] {
  const unasked = new Set(roots);
  const built = new Map<string, BuiltRoot>();
  return (wanted) => {
    for (const root of build(wanted.filter((each) => unasked.has(each)))) built.set(root.path, root);
    for (const root of wanted) unasked.delete(root);
    return wanted.flatMap(({ path }) => built.get(path) ?? []);
  };
}

/** The same answers for the same questions. */
function remember<T>(
  ask: (kind: string, name: string | undefined) => T,
): (kind: string, name: string | undefined) => T {
  const known = new Map<string, T>();
  return (kind, name) => {
    const question = name === undefined ? kind : `${kind} ${name}`;
    const answer = known.get(question) ?? ask(kind, name);
    known.set(question, answer);
    return answer;
  };
}

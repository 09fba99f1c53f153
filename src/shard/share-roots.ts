import type { Applier } from '../config/config.ts';
import type { DiscoveredRoot } from '../discover/discovered-root.ts';
import { isFluxBuilt } from '../flux/flux-built-root.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { CoveredRoots } from './covered-roots.ts';
import { takeShare } from './partition.ts';
import { costOfFiles, type RootClosures } from './root-closure.ts';
import type { Shard } from './shard.ts';

/** The roots that every machine builds, and those that are divided among the machines. */
export interface SharedRoots {
  /** The roots to build before Flux Kustomizations are followed. */
  readonly first: readonly DiscoveredRoot[];
  /** The other roots, which contain no Flux Kustomizations. */
  readonly others: readonly DiscoveredRoot[];
  /** Divides the roots, given what Flux builds from the first ones. May build others to see whether Flux covers them. */
  divide(built: readonly BuiltRoot[], build: (root: DiscoveredRoot) => BuiltRoot | undefined): Share;
}

/** The work of one machine. */
export interface Share {
  /** Further roots to build and lint. */
  readonly more: readonly DiscoveredRoot[];
  /** Roots of other shares, to build if a rule needs their objects. */
  readonly others: readonly DiscoveredRoot[];
  /** Selects the builds to lint, from the builds of the first roots and of `more`. */
  judged(built: readonly BuiltRoot[]): readonly BuiltRoot[];
}

/** The start of the `apiVersion` of Flux objects, which affect how other roots are built; annotations do not match. */
const flux = 'kustomize.toolkit.fluxcd.io/v';

/** The start of the `apiVersion` of Argo CD objects, which only show who applies other roots. */
const argo = 'argoproj.io/v';

/**
 * Divides the roots among machines by estimated cost. Every machine builds the roots with Flux Kustomizations and everything
 * that Flux builds, because no two Kustomizations may apply the same object, and the roots with Argo CD Applications. Each
 * of these is linted by one machine. If the settings name the applier, objects of other appliers do not matter.
 * @param isKnown whether the files of a root show its contents; if not, and there is Flux, every machine builds all roots
 */
export function shareRoots(
  roots: readonly DiscoveredRoot[],
  shard: Shard | undefined,
  applier: Applier | undefined,
  isKnown: boolean,
  closures: RootClosures,
  sources: SourceCache,
): SharedRoots {
  if (shard === undefined) return { first: roots, others: [], divide: buildAll };
  const mentions = (mark: string) => roots.filter((root) => closures.mentions(root, mark));
  const withFlux = applier === undefined || applier === 'flux' ? mentions(flux) : [];
  const withArgo = applier === undefined ? mentions(argo) : [];
  const first = new Set(withFlux.length > 0 && !isKnown ? roots : [...withFlux, ...withArgo]);
  const others = roots.filter((root) => !first.has(root));
  return {
    first: roots.filter((root) => first.has(root)),
    others,
    divide(built, build) {
      const covered = new CoveredRoots(built, build, sources);
      const uncovered = others.filter((root) => !covered.has(root));
      const unbuilt = uncovered.map((root) => ({ root, path: root.path, cost: closures.costOf(root) }));
      const share = new Set(takeShare<Weighed>([...weigh(built), ...unbuilt], shard).map(({ root }) => root));
      const more = uncovered.filter((root) => share.has(root));
      const paths = new Set(more.map(({ path }) => path));
      return {
        more,
        others: uncovered.filter((root) => !share.has(root)),
        judged: (all) => all.filter((root) => share.has(root) || (!isFluxBuilt(root) && paths.has(root.path))),
      };
    },
  };
}

function buildAll(): Share {
  return { more: [], others: [], judged: (built) => built };
}

interface Weighed {
  readonly root: BuiltRoot | DiscoveredRoot;
  readonly path: string;
  readonly cost: number;
}

/** Weighs the builds. Flux may build several roots in one folder; their index makes the path unique on every machine. */
function weigh(built: readonly BuiltRoot[]): Weighed[] {
  return built.map((root, index) => ({
    root,
    path: `${root.path}\0${String(index).padStart(6, '0')}`,
    cost: costOfFiles(root.files.map(({ text }) => text.length)),
  }));
}

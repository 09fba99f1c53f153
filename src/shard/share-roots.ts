import type { Applier } from '../config/config.ts';
import type { DiscoveredRoot } from '../discover/discovered-root.ts';
import { isFluxBuilt } from '../flux/flux-built-root.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { CoveredRoots } from './covered-roots.ts';
import { takeShare } from './partition.ts';
import { costOfFiles, type RootClosures } from './root-closure.ts';
import type { Shard } from './shard.ts';

/** Which roots are built in any case, and which only where somebody asks what they bring. */
export interface SharedRoots {
  /** Those that are built before Flux is followed. */
  readonly first: readonly DiscoveredRoot[];
  /** The others, without those that hold a Flux Kustomization. */
  readonly others: readonly DiscoveredRoot[];
  /** Parts the roots once it is known what Flux makes of the first ones; may build some of the others to tell whether it does. */
  divide(built: readonly BuiltRoot[], build: (root: DiscoveredRoot) => BuiltRoot | undefined): Share;
}

/** What one machine has to do. */
export interface Share {
  /** Of the others, those that are to be built and judged. */
  readonly more: readonly DiscoveredRoot[];
  /** Of the others, those of which somebody may ask what they bring. */
  readonly others: readonly DiscoveredRoot[];
  /** Those that are to be judged, of what has come of the first ones and of `more`. */
  judged(built: readonly BuiltRoot[]): readonly BuiltRoot[];
}

/** The `apiVersion` of objects that tell what is built of other roots; annotations have it otherwise. */
const flux = 'kustomize.toolkit.fluxcd.io/v';

/** And of those that only tell who applies them. */
const argo = 'argoproj.io/v';

/**
 * Parts the roots among machines, by what each reads. Roots with Kustomizations of Flux are built everywhere, and what
 * Flux makes of others, too: its Kustomizations must not apply the same objects, wherever they are. So are roots with
 * Applications of Argo CD. All of these are judged by one machine. Nobody is asked where the settings say who applies the roots.
 * @param isKnown whether files tell what a root is made of; where they do not and there is Flux, every machine builds all
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

/** Several may be built of one folder, as Flux may have several Kustomizations for it; these stand in one order everywhere. */
function weigh(built: readonly BuiltRoot[]): Weighed[] {
  return built.map((root, index) => ({
    root,
    path: `${root.path}\0${String(index).padStart(6, '0')}`,
    cost: costOfFiles(root.files.map(({ text }) => text.length)),
  }));
}

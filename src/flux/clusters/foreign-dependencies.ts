import { groupBy } from '../../collections/group-by.ts';
import type { BuiltRoot } from '../../kustomize/built-root.ts';
import type { BuildProblem } from '../../kustomize/problem.ts';
import { type FluxBuiltRoot, fluxName } from '../flux-built-root.ts';
import { type FluxReference, readFluxKustomization } from '../flux-kustomization.ts';
import { dependencyName } from './dependency-name.ts';

/** What Flux builds from the Flux Kustomizations of one given root. */
export interface ClusterBuild {
  readonly roots: readonly FluxBuiltRoot[];
  /** The given root. Some of its Kustomizations may be built as those of another cluster, which has the same base. */
  readonly given: Pick<BuiltRoot, 'resources'>;
}

/**
 * Finds dependencies that the Kustomization's own cluster does not have, but another one of the given trees has. Whether
 * entries belong to one cluster is certain only if both have a Kustomization of the same name: so every cluster with the
 * dependency must also have one that is called as the one that depends on it.
 */
export function findForeignDependencies(clusters: readonly ClusterBuild[]): Map<FluxBuiltRoot, BuildProblem[]> {
  const found = new Map<FluxBuiltRoot, BuildProblem[]>();
  const clustersOf = indexClusters(clusters);
  for (const cluster of clusters) {
    const entries = cluster.roots.flatMap((root) =>
      root.flux.kustomization.dependsOn.flatMap((reference): Entry[] => {
        const owner = findForeignOwner(root, reference, cluster, clustersOf);
        return owner === undefined ? [] : [{ root, reference, owner }];
      }),
    );
    for (const same of groupBy(entries, ({ owner }) => [fluxName(owner.flux.kustomization)]).values()) {
      const [first] = same;
      if (first === undefined) continue;
      found.set(first.root, [...(found.get(first.root) ?? []), reportForeign(first, same.slice(1))]);
    }
  }
  return found;
}

/** An entry of a `dependsOn`, the Kustomization that has it, and the one of another cluster that it names. */
interface Entry {
  readonly root: FluxBuiltRoot;
  readonly reference: FluxReference;
  readonly owner: FluxBuiltRoot;
}

type Clusters = ReadonlyMap<string, ReadonlyMap<ClusterBuild, FluxBuiltRoot>>;

/** The clusters that have a Kustomization of each name, with the Kustomization. */
function indexClusters(clusters: readonly ClusterBuild[]): Clusters {
  const index = new Map<string, Map<ClusterBuild, FluxBuiltRoot>>();
  for (const cluster of clusters) {
    for (const root of cluster.roots) {
      const name = fluxName(root.flux.kustomization);
      const known = index.get(name) ?? new Map<ClusterBuild, FluxBuiltRoot>();
      index.set(name, known.set(cluster, root));
    }
  }
  return index;
}

/** The Kustomization of another cluster that an entry of `dependsOn` names; undefined if its own cluster may have it. */
function findForeignOwner(
  { flux: { kustomization } }: FluxBuiltRoot,
  reference: FluxReference,
  own: ClusterBuild,
  clustersOf: Clusters,
): FluxBuiltRoot | undefined {
  const wanted = dependencyName(reference, kustomization);
  const owners = clustersOf.get(wanted);
  const twins = clustersOf.get(fluxName(kustomization));
  if (owners === undefined || owners.has(own)) return undefined;
  if (![...owners.keys()].every((cluster) => twins?.has(cluster) === true)) return undefined;
  return isGiven(wanted, own) ? undefined : [...owners.values()][0];
}

/** Whether the given root of a cluster has a Kustomization of this name, `NAMESPACE/NAME`. */
function isGiven(wanted: string, { given }: ClusterBuild): boolean {
  return given.resources.some((resource) => {
    const kustomization = readFluxKustomization(resource);
    return kustomization !== undefined && fluxName(kustomization) === wanted;
  });
}

/** One problem for all Kustomizations of a cluster that depend on the same one. */
function reportForeign({ root, reference, owner }: Entry, others: readonly Entry[]): BuildProblem {
  const name = fluxName(owner.flux.kustomization);
  const own = fluxName(root.flux.kustomization);
  const depend = others.length === 0 ? 'depends' : `and ${others.length} more depend`;
  return {
    kind: 'incomplete',
    message: `Flux Kustomization \`${own}\` ${depend} on \`${name}\`, which another cluster of the given trees has and this one does not: unless something else brings it, nothing of what depends on it is ever applied; add it to this cluster, or correct the entry`,
    at: reference.name.place.at,
    related: [
      { at: owner.flux.kustomization.object.name.place.at, note: `\`${name}\` of the other cluster is defined here` },
      ...others.map((entry) => ({
        at: entry.reference.name.place.at,
        note: `\`${fluxName(entry.root.flux.kustomization)}\` depends on it too`,
      })),
    ],
  };
}

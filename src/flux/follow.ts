import { kustomizationNames } from '../discover/kustomization-names.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Dialect } from '../kustomize/dialect.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { checkAll, checkCluster } from './clusters/check-cluster.ts';
import { Cluster } from './clusters/cluster.ts';
import { findEntries } from './clusters/find-entries.ts';
import { type FurtherRoots, indexGiven } from './clusters/given-objects.ts';
import { ResourceIndex } from './clusters/resource-index.ts';
import type { FluxBuiltRoot } from './flux-built-root.ts';
import type { FluxMemory } from './flux-memory.ts';
import { FolderBuilds } from './folders/folder-builds.ts';
import { SourceLocator, type SourceSettings } from './sources/source-location.ts';
import type { GivenVariables } from './substitution/collect-variables.ts';

/** The user's options for Flux. */
export interface FluxOptions extends SourceSettings {
  readonly dialect: Dialect;
  /** Absolute path of the folder with remote bases and files. */
  readonly remoteCache: string | undefined;
  /** Variables whose values are not in the tree. */
  readonly variables: GivenVariables;
  /** Whether variables that nothing sets are an error, as in Flux from 2.9. */
  readonly strict: boolean;
}

/** What Flux builds from the given trees. */
export interface FollowedTrees {
  readonly roots: readonly FluxBuiltRoot[];
  /** The given roots that Flux builds as part of others; they are not applied by themselves. */
  readonly covered: ReadonlySet<BuiltRoot>;
}

/**
 * Follows Flux from the Kustomizations in the given trees that no other one brings to those that they build, and so on,
 * as far as there are files. Entries in one root belong to one cluster.
 * @param memory the outcomes of an earlier run with the same options; updated for the next run
 * @param further given roots without a Flux Kustomization
 */
export function followFlux(
  given: readonly BuiltRoot[],
  options: FluxOptions,
  sources: SourceCache,
  memory: FluxMemory,
  further?: FurtherRoots,
): FollowedTrees {
  const locator = new SourceLocator(options, sources);
  const builds = new FolderBuilds(options, sources);
  const everywhere = indexGiven(given, further);
  const entries = findEntries(given, { objects: everywhere, locator, builds, memory }, options.commonFolder);
  const clusters = [...entries].map(([root, resources]) => {
    const cluster = new Cluster(options, locator, builds, memory, new ResourceIndex(root.resources, everywhere));
    return { given: root, roots: checkCluster(cluster.follow(resources)) };
  });
  const roots = checkAll(clusters);
  return { roots, covered: findCovered(given, roots) };
}

function findCovered(given: readonly BuiltRoot[], roots: readonly FluxBuiltRoot[]): Set<BuiltRoot> {
  const read = new Set(roots.flatMap(({ files }) => files.map(({ path }) => path)));
  return new Set(given.filter((root) => isCovered(root, read)));
}

/**
 * Whether Flux builds a root as part of another, that is, reads its kustomization, or all of its manifests.
 * @param read absolute paths of all files that Flux reads
 */
export function isCovered(
  { path, kustomization, files }: Pick<BuiltRoot, 'path' | 'kustomization' | 'files'>,
  read: ReadonlySet<string>,
): boolean {
  if (kustomization !== undefined) return read.has(kustomization.path);
  if (kustomizationNames.some((name) => read.has(`${path}/${name}`))) return true;
  return files.length > 0 && files.every((file) => read.has(file.path));
}

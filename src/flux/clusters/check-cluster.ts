import type { BuildProblem } from '../../kustomize/problem.ts';
import type { FluxBuiltRoot } from '../flux-built-root.ts';
import { findAbsentDependencies } from './absent-dependencies.ts';
import { findCycles } from './dependency-cycles.ts';
import { type ClusterBuild, findForeignDependencies } from './foreign-dependencies.ts';
import { findRefusedFields } from './refused-fields.ts';
import { findSharedObjects } from './shared-objects.ts';

/**
 * Adds the problems of one cluster to its roots: fields of Kustomizations that are refused, and between the roots shared
 * objects and cyclic dependencies.
 */
export function checkCluster(roots: readonly FluxBuiltRoot[]): FluxBuiltRoot[] {
  return addRemarks(roots, [findRefusedFields(roots), findSharedObjects(roots), findCycles(roots)]);
}

/** Adds the problems between the roots of all clusters to them: dependencies that are in none, or in another one. */
export function checkAll(clusters: readonly ClusterBuild[]): FluxBuiltRoot[] {
  const roots = clusters.flatMap((cluster) => cluster.roots);
  return addRemarks(roots, [findAbsentDependencies(roots), findForeignDependencies(clusters)]);
}

function addRemarks(
  roots: readonly FluxBuiltRoot[],
  problems: readonly ReadonlyMap<FluxBuiltRoot, readonly BuildProblem[]>[],
): FluxBuiltRoot[] {
  return roots.map((root) => {
    const found = problems.flatMap((each) => each.get(root) ?? []);
    return found.length === 0 ? root : { ...root, flux: { ...root.flux, remarks: [...root.flux.remarks, ...found] } };
  });
}

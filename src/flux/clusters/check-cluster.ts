import type { BuildProblem } from '../../kustomize/problem.ts';
import type { FluxBuiltRoot } from '../flux-built-root.ts';
import { findAbsentDependencies } from './absent-dependencies.ts';
import { findCycles } from './dependency-cycles.ts';
import { findSharedObjects } from './shared-objects.ts';

/** Adds the problems between the roots of one cluster to them: shared objects, and cyclic dependencies. */
export function checkCluster(roots: readonly FluxBuiltRoot[]): FluxBuiltRoot[] {
  return addRemarks(roots, [findSharedObjects(roots), findCycles(roots)]);
}

/** Adds the problems between the roots of all clusters to them: dependencies that are in none. */
export function checkAll(roots: readonly FluxBuiltRoot[]): FluxBuiltRoot[] {
  return addRemarks(roots, [findAbsentDependencies(roots)]);
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

import type { FluxBuiltRoot } from '../flux-built-root.ts';
import { findCycles } from './dependency-cycles.ts';
import { findSharedObjects } from './shared-objects.ts';

/** Adds the problems between the roots of one cluster to them: shared objects, and cyclic dependencies. */
export function checkCluster(roots: readonly FluxBuiltRoot[]): FluxBuiltRoot[] {
  const shared = findSharedObjects(roots);
  const cycles = findCycles(roots);
  return roots.map((root) => {
    const found = [...(shared.get(root) ?? []), ...(cycles.get(root) ?? [])];
    return found.length === 0 ? root : { ...root, flux: { ...root.flux, remarks: [...root.flux.remarks, ...found] } };
  });
}

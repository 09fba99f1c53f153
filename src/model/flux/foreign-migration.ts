import { fluxName } from '../../flux/flux-built-root.ts';
import type { FluxKustomization, FluxReference } from '../../flux/flux-kustomization.ts';
import type { Workload } from '../../objects/workload.ts';
import { needsNoWait } from '../migrations/schema-check.ts';
import type { Dependency } from '../releases/dependency.ts';
import type { RootModel } from '../root-model.ts';
import { type FluxNeighbour, findUnknown, findWay } from './flux-neighbour.ts';
import { type ForeignService, findForeignServices } from './foreign-service.ts';

/** A service that nothing holds back until its migration, in another Flux Kustomization, is done. */
export interface ForeignMigration {
  readonly workload: Workload;
  /** The Kustomization that applies the service. */
  readonly own: FluxKustomization;
  /** The one that applies the migration. */
  readonly neighbour: FluxNeighbour;
  readonly dependency: Dependency;
  /** The entry of `dependsOn` that makes the migration's Kustomization come after the service's. */
  readonly reversed: FluxReference | undefined;
  /** The entry of the service's Kustomization that names none of the given trees. */
  readonly absent: FluxReference | undefined;
}

/** Finds these services, if no `dependsOn` leads from their Kustomization to any that applies such a migration. */
export function findForeignMigrations(model: RootModel): ForeignMigration[] {
  const [own] = model.applier.flux;
  if (own === undefined) return [];
  return findForeignServices(model).flatMap((foreign) => {
    const { service, neighbours } = foreign;
    const [dependency] = service.dependsOn;
    const [neighbour] = neighbours;
    if (dependency === undefined || neighbour === undefined || isHeldBack(foreign, dependency)) return [];
    if (neighbours.some(({ name }) => findWay(own, name, model.fluxNeighbours) !== undefined)) return [];
    const reversed = findWay(neighbour.kustomization, fluxName(own), model.fluxNeighbours);
    const absent = findUnknown(own, model.fluxNeighbours);
    return [{ workload: service.workload, own, neighbour, dependency, reversed, absent }];
  });
}

/** Whether the service waits by itself, or needs no wait. */
function isHeldBack({ service }: ForeignService, { migration }: Dependency): boolean {
  return service.waiters.some(({ kind }) => kind !== 'other') || needsNoWait(service, migration);
}

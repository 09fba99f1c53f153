import { posix } from 'node:path';
import { fluxName } from '../../flux/flux-built-root.ts';
import type { FluxKustomization } from '../../flux/flux-kustomization.ts';
import { sameNamespace } from '../../objects/kubernetes-object.ts';
import { databaseSourcesReader } from '../databases/database-sources.ts';
import { environmentDependency } from '../releases/dependency.ts';
import type { Service } from '../releases/release.ts';
import { isService } from '../releases/service-kind.ts';
import type { RootModel } from '../root-model.ts';
import { waitersOf } from '../waiters/waiter.ts';
import type { FluxNeighbour } from './flux-neighbour.ts';

/** A service whose database is migrated by another Flux Kustomization than the one that applies the service. */
export interface ForeignService {
  /** It depends on each of their migrations. */
  readonly service: Service;
  readonly neighbours: readonly FluxNeighbour[];
}

/** The services of a root built by Flux that belong to none of its own releases, but to migrations of its neighbours. */
export function findForeignServices(model: RootModel): ForeignService[] {
  if (model.applier.flux.length === 0) return [];
  const known = new Set(model.releases.flatMap(({ services }) => services.map(({ workload }) => workload)));
  const databaseSources = databaseSourcesReader(model.config);
  const candidates = model.workloads.filter(
    (workload) => isService(workload) && !known.has(workload) && databaseSources(workload).size > 0,
  );
  // Reading the neighbours may mean building them.
  if (candidates.length === 0) return [];
  const neighbours = model.applier.flux.flatMap((own) => neighboursOf(own, model.fluxNeighbours));
  return candidates.flatMap((workload) => {
    const found = neighbours.flatMap((neighbour) =>
      neighbour.migrations.flatMap((migration) => {
        const { namespace } = migration.job.object;
        if (namespace.value === undefined || !sameNamespace(namespace.value, workload.object.namespace.value))
          return [];
        const dependency = environmentDependency(workload, migration, databaseSources);
        return dependency === undefined ? [] : [{ neighbour, dependency }];
      }),
    );
    if (found.length === 0) return [];
    const waiters = waitersOf(model.waiters, workload);
    const service = { workload, waiters, dependsOn: found.map(({ dependency }) => dependency) };
    return [{ service, neighbours: [...new Set(found.map(({ neighbour }) => neighbour))] }];
  });
}

/**
 * The other Kustomizations of the same cluster. If clusters have Kustomizations of the same name, each cluster has a
 * folder.
 */
function neighboursOf(own: FluxKustomization, all: readonly FluxNeighbour[]): FluxNeighbour[] {
  const others = all.filter(({ kustomization }) => kustomization !== own);
  if (!others.some(({ name }) => name === fluxName(own))) return others;
  return others.filter(({ kustomization }) => folderOf(kustomization) === folderOf(own));
}

function folderOf({ object }: FluxKustomization): string {
  return posix.dirname(object.name.place.at.file.path);
}

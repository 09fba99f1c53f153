import type { FluxKustomization, FluxReference } from '../../flux/flux-kustomization.ts';
import { sameNamespace } from '../../objects/kubernetes-object.ts';
import type { Field } from '../../objects/view.ts';
import type { Migration } from '../migrations/migration.ts';
import type { RootModel } from '../root-model.ts';
import type { JobTarget } from '../waiters/reading/job-target.ts';
import { waitedNamespace } from '../waiters/target-match.ts';
import type { JobWaiter } from '../waiters/waiter.ts';
import { type FluxNeighbour, findReadiness, findWay } from './flux-neighbour.ts';

/** A migration in another Flux Kustomization, which is applied only once the waiter's own Kustomization is ready. */
export interface LateMigration {
  readonly migration: Migration;
  readonly own: FluxKustomization;
  readonly neighbour: FluxNeighbour;
  /** The entry of the neighbour's `dependsOn` that leads to the waiter's Kustomization. */
  readonly reference: FluxReference;
  /** The setting that makes the waiter's Kustomization ready only together with its workload. */
  readonly readiness: Field<unknown>;
}

/** Finds the Job that a waiter waits for, if Flux applies it only once the waiter's workload is ready. */
export function findLateMigration(model: RootModel, waiter: JobWaiter, target: JobTarget): LateMigration | undefined {
  const own = model.applier.flux[0];
  const readiness = own && findReadiness(own, waiter.workload.object);
  if (own === undefined || readiness === undefined) return undefined;
  const { fluxNeighbours } = model;
  const ownName = fluxNeighbours.find(({ kustomization }) => kustomization === own)?.name;
  if (ownName === undefined) return undefined;
  const bringing = fluxNeighbours.flatMap((neighbour) => {
    const migration = neighbour.migrations.find((each) => isWaitedFor(each, waiter, target));
    return neighbour.kustomization === own || migration === undefined ? [] : [{ neighbour, migration }];
  });
  const late = bringing.flatMap(({ neighbour, migration }) => {
    const reference = findWay(neighbour.kustomization, ownName, fluxNeighbours);
    return reference === undefined ? [] : [{ migration, own, neighbour, reference, readiness }];
  });
  // Clusters may have Kustomizations of the same name. If one of them applies the Job in time, it may be the right one.
  return late.length === bringing.length ? late[0] : undefined;
}

function isWaitedFor({ job: { object } }: Migration, waiter: JobWaiter, target: JobTarget): boolean {
  if (target.kind !== 'name' || target.name.value !== object.name.value) return false;
  return sameNamespace(object.namespace.value, waitedNamespace(waiter));
}

import { posix } from 'node:path';
import { reach } from '../../collections/reach.ts';
import { dependencyName } from '../../flux/clusters/dependency-name.ts';
import { fluxName, isFluxBuilt } from '../../flux/flux-built-root.ts';
import type { FluxKustomization, FluxReference } from '../../flux/flux-kustomization.ts';
import type { BuiltRoot } from '../../kustomize/built-root.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Field } from '../../objects/view.ts';
import type { Migration } from '../migrations/migration.ts';

/** A Flux Kustomization of the given trees, with the migration Jobs that it applies. */
export interface FluxNeighbour {
  readonly kustomization: FluxKustomization;
  /** `NAMESPACE/NAME`. */
  readonly name: string;
  readonly migrations: readonly Migration[];
  /** Everything that it applies. */
  readonly objects: readonly KubernetesObject[];
}

type NeighbourRoot = Pick<FluxNeighbour, 'migrations' | 'objects'> & { readonly root: BuiltRoot };

/** The Flux Kustomizations whose folders were built, in the order of the builds. */
export function readFluxNeighbours(roots: readonly NeighbourRoot[]): FluxNeighbour[] {
  return roots.flatMap(({ root, migrations, objects }) => {
    if (!isFluxBuilt(root)) return [];
    const { kustomization } = root.flux;
    return [{ kustomization, name: fluxName(kustomization), migrations, objects }];
  });
}

/** The entry of a Kustomization's `dependsOn` that makes it depend on another one, directly or indirectly. */
export function findWay(
  from: FluxKustomization,
  to: string,
  neighbours: readonly FluxNeighbour[],
): FluxReference | undefined {
  const names = (of: FluxKustomization) => of.dependsOn.map((reference) => dependencyName(reference, of));
  // Of those with the same name the first counts, so it is put in last.
  const next = new Map(
    nearestFirst(from, neighbours)
      .reverse()
      .map(({ name, kustomization }) => [name, names(kustomization)]),
  );
  return from.dependsOn.find((reference) => {
    const reached = new Set<string>();
    reach(dependencyName(reference, from), next, reached);
    return reached.has(to);
  });
}

/**
 * Sorts Kustomizations by how much of their folder they share with another one. Those of a cluster are together, and
 * other clusters may have some of the same name.
 */
export function nearestFirst(own: FluxKustomization, neighbours: readonly FluxNeighbour[]): FluxNeighbour[] {
  const from = foldersOf(own);
  const shared = (kustomization: FluxKustomization): number => {
    const folders = foldersOf(kustomization);
    const end = folders.findIndex((folder, index) => folder !== from[index]);
    return end < 0 ? folders.length : end;
  };
  const depths = new Map(neighbours.map((each) => [each, shared(each.kustomization)]));
  return [...neighbours].sort((a, b) => (depths.get(b) ?? 0) - (depths.get(a) ?? 0));
}

function foldersOf({ object }: FluxKustomization): string[] {
  return posix.dirname(object.name.place.at.file.path).split('/');
}

/** The first entry of a Kustomization's `dependsOn` that names none of the given trees. */
export function findUnknown(from: FluxKustomization, neighbours: readonly FluxNeighbour[]): FluxReference | undefined {
  const known = new Set(neighbours.map(({ name }) => name));
  return from.dependsOn.find((reference) => !known.has(dependencyName(reference, from)));
}

/**
 * The setting that makes a Kustomization ready only once an object is healthy or a Job is done: `wait: true`, or a
 * health check.
 */
export function findReadiness(
  { wait, healthChecks }: FluxKustomization,
  object: KubernetesObject,
): Field<unknown> | undefined {
  if (wait.value === true) return wait;
  return healthChecks.find(({ kind, name }) => kind.value === object.kind && name.value === object.name.value)?.name;
}

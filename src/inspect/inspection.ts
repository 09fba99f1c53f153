import { dropUndefined } from '../collections/drop-undefined.ts';
import type { KubernetesObject } from '../objects/kubernetes-object.ts';
import type { Place } from '../objects/place.ts';

/** The output of `inspect`: the releases of every root. */
export interface Inspection {
  readonly version: 1;
  readonly roots: readonly InspectedRoot[];
  /** Migration Jobs in files that no kustomization lists, next to a kustomization or to a file that one lists. */
  readonly unlisted?: readonly InspectedMigration[];
}

/** One build root. */
export interface InspectedRoot {
  /** Relative to the working directory. */
  readonly path: string;
  readonly applier: { readonly kind: string; readonly why: string };
  readonly releases: readonly InspectedRelease[];
}

/** A service with its migration. */
export interface InspectedRelease {
  readonly migrations: readonly InspectedMigration[];
  readonly services: readonly InspectedService[];
}

/** An object and the location of its name. */
export interface InspectedObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A migration Job. */
export interface InspectedMigration {
  readonly job: InspectedObject;
  readonly runs?: string;
  readonly tool?: string;
  readonly images: readonly string[];
  readonly environment: readonly string[];
  /** Why it counts as a migration. */
  readonly reasons: readonly string[];
}

/** A workload that depends on the migration. */
export interface InspectedService {
  readonly workload: InspectedObject;
  readonly images: readonly string[];
  readonly environment: readonly string[];
  readonly account: { readonly name: string; readonly readsJobs: 'allowed' | 'denied' | 'unknown' };
  /** The bindings that name the account, with their roles. */
  readonly grants: readonly string[];
  readonly waiters: readonly InspectedWaiter[];
  /** Whether Argo CD applies the workload only once each of its migrations is done. */
  readonly followsMigration: boolean;
  readonly reasons: readonly string[];
}

/** An init container that holds the workload back. */
export interface InspectedWaiter {
  readonly container: string;
  readonly kind: string;
  readonly tool?: string;
  /** The mode of k8s-wait-for, such as `job-wr`. */
  readonly mode?: string;
  readonly image?: string;
  readonly targets: readonly { readonly waitsFor: string; readonly found: boolean }[];
}

/** An object's name and location; `show` makes paths relative. */
export function inspectObject(object: KubernetesObject, show: (path: string) => string): InspectedObject {
  const { at }: Place = object.name.place;
  return {
    kind: object.kind,
    name: object.name.value ?? '',
    ...dropUndefined({ namespace: object.namespace.value }),
    file: show(at.file.path),
    line: at.file.position(at.start).line,
  };
}

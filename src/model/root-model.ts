import type { Delivery } from '../delivery/delivery.ts';
import type { Substitution } from '../flux/substitution.ts';
import type { Dialect } from '../kustomize/dialect.ts';
import type { Access } from './access/access.ts';
import type { AppliedBy } from './appliers/applier.ts';
import type { FluxNeighbour } from './appliers/flux-neighbour.ts';
import type { Beside } from './beside.ts';
import type { Migration } from './migrations/migration.ts';
import type { ConfigObject } from './objects/config-object.ts';
import type { ConfigKind } from './objects/env-entry.ts';
import type { KubernetesObject } from './objects/kubernetes-object.ts';
import type { ServiceObject } from './objects/service-object.ts';
import type { Job, Workload } from './objects/workload.ts';
import type { Release } from './release.ts';
import type { DialectSelection } from './replacements/dialect-selection.ts';
import type { ReplacementTarget } from './replacements/replacement-target.ts';
import type { ReplacementWrite } from './replacements/replacement-write.ts';
import type { Unlisted } from './unlisted.ts';
import type { TargetMatch } from './waiters/target-match.ts';
import type { Waiter } from './waiters/waiter.ts';

/** What rules know of one built root: typed objects whose fields carry their places, and how they hang together. */
export interface RootModel {
  /** The built folder or file, as the build names it. */
  readonly root: { readonly path: string };
  readonly dialect: Dialect;
  /** Whether a kustomization file made the root; plain manifests have no lists and no order. */
  readonly kustomized: boolean;
  /** `sortOptions.order` of the root; undefined where it says nothing, which prints in legacy order. */
  readonly order: 'legacy' | 'fifo' | undefined;
  /** Whether the whole tree was built. Where parts were left out, an absent object may well exist. */
  readonly complete: boolean;
  /** Whether nothing is absent, or nothing but ConfigMaps and Secrets, which are often not committed. */
  readonly completeButSettings: boolean;
  readonly applier: AppliedBy;
  readonly substitution: Substitution;
  /** Every object in the order in which the resources lists name them. */
  readonly listed: readonly KubernetesObject[];
  readonly workloads: readonly Workload[];
  readonly jobs: readonly Job[];
  readonly waiters: readonly Waiter[];
  /** Each target of each waiter for Jobs, with the Jobs that it finds. */
  readonly matches: readonly TargetMatch[];
  readonly migrations: readonly Migration[];
  /** Those with `generateName` in place of a name, which belong to no release. */
  readonly unnamedMigrations: readonly Migration[];
  readonly releases: readonly Release[];
  readonly config: readonly ConfigObject[];
  /** The objects of kind Service that lead to pods. */
  readonly serviceObjects: readonly ServiceObject[];
  readonly access: Access;
  readonly unlisted: Unlisted;
  /** What the other given roots bring to the cluster, without those that are another build of the same workloads. */
  readonly beside: Beside;
  readonly replacementTargets: readonly ReplacementTarget[];
  readonly replacementWrites: readonly ReplacementWrite[];
  /** The Flux Kustomizations of all given trees. */
  readonly fluxNeighbours: readonly FluxNeighbour[];
  /** The ConfigMaps or Secrets of all given trees, or those of a name. */
  configInAllRoots(kind: ConfigKind, name?: string): readonly ConfigObject[];
  /** What brings the tree to the cluster, where it has a migration and lies in a repository. */
  readonly delivery: Delivery | undefined;
  readonly dialectSelections: readonly DialectSelection[];
}

import type { Delivery } from '../delivery/delivery.ts';
import type { Substitution } from '../flux/substitution/substitution.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Dialect } from '../kustomize/dialect.ts';
import type { ImageMarker } from '../objects/image-marker.ts';
import type { AppliedBy } from './appliers/applier.ts';
import type { Migration } from './migrations/migration.ts';
import type { AllRoots, OtherRoots } from './other-roots/other-roots.ts';
import type { Release } from './releases/release.ts';
import type { DialectSelection } from './replacements/dialect-selection.ts';
import type { ReplacementTarget } from './replacements/replacement-target.ts';
import type { ReplacementWrite } from './replacements/replacement-write.ts';
import type { RootObjects } from './root-objects.ts';
import type { Unlisted } from './unlisted.ts';
import type { KustomizationEntries } from './unmatched/kustomization-entry.ts';
import type { OverriddenSetting } from './unmatched/overridden-setting.ts';
import type { TargetMatch } from './waiters/target-match.ts';
import type { Waiter } from './waiters/waiter.ts';

/** What rules know about one built root: what it holds, and what it looks up in the other roots of the run. */
export interface RootModel extends OwnModel, AllRoots {
  /** What the other given roots apply to the cluster, except roots that build the same workloads. */
  readonly otherRoots: OtherRoots;
}

/** What a root holds: typed objects whose fields carry their places, and how they relate. */
export interface OwnModel extends RootObjects {
  /** The folder or file that was built, as the build names it, and the files that it was built from. */
  readonly root: Pick<BuiltRoot, 'path' | 'files'>;
  readonly dialect: Dialect;
  /** Whether the root has a kustomization file; plain manifests have no lists and no order. */
  readonly kustomized: boolean;
  /** `sortOptions.order` of the root. Undefined if it has none, which prints in legacy order. */
  readonly order: 'legacy' | 'fifo' | undefined;
  /** Whether the whole tree was built. If parts were left out, a missing object may well exist. */
  readonly complete: boolean;
  /** Whether nothing is missing but ConfigMaps and Secrets, which are often not committed. */
  readonly completeButSettings: boolean;
  readonly applier: AppliedBy;
  readonly substitution: Substitution;
  readonly waiters: readonly Waiter[];
  /** Each target of each waiter for Jobs, with the Jobs that it matches. */
  readonly matches: readonly TargetMatch[];
  readonly migrations: readonly Migration[];
  /** Migrations with `generateName` instead of a name, which belong to no release. */
  readonly unnamedMigrations: readonly Migration[];
  readonly releases: readonly Release[];
  readonly unlisted: Unlisted;
  /** The entries of `patches` and `images`, in the root and in what it includes; read when first asked for. */
  entries(): KustomizationEntries;
  /** What its kustomizations, and those that it includes, set and then set again; read when first asked for. */
  overridden(): readonly OverriddenSetting[];
  /** The markers for Flux's image automation in its files; read when first asked for. */
  imageMarkers(): readonly ImageMarker[];
  readonly replacementTargets: readonly ReplacementTarget[];
  readonly replacementWrites: readonly ReplacementWrite[];
  readonly dialectSelections: readonly DialectSelection[];
  /** The pipelines and scripts that deliver the tree, if it has a migration and is in a repository. */
  readonly delivery: Delivery | undefined;
}

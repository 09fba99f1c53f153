import { groupBy } from '../collections/group-by.ts';
import { once } from '../collections/once.ts';
import type { Applier } from '../config/config.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Dialect } from '../kustomize/dialect.ts';
import { leavesComplete } from '../kustomize/problem.ts';
import { imageMarkers } from '../objects/image-marker.ts';
import { describeObject } from '../objects/kubernetes-object.ts';
import type { FindScript } from '../objects/package-script.ts';
import { fillVariables } from '../objects/symbolic.ts';
import type { Job } from '../objects/workload.ts';
import type { TimeLimit } from '../source/source-cache.ts';
import { globMatcher } from '../text/glob.ts';
import { databaseSourcesReader } from './databases/database-sources.ts';
import { type Migration, recogniseMigration } from './migrations/migration.ts';
import { readUnnamedMigrations } from './migrations/unnamed-migration.ts';
import { findReleases } from './releases/release.ts';
import { findDialectSelections } from './replacements/dialect-selection.ts';
import { readReplacementTargets } from './replacements/replacement-target.ts';
import { readReplacementWrites } from './replacements/replacement-write.ts';
import type { OwnModel } from './root-model.ts';
import type { RootParts } from './root-parts.ts';
import { nothingUnlisted, type Unlisted } from './unlisted.ts';
import { readKustomizationEntries } from './unmatched/kustomization-entry.ts';
import { readOverridden } from './unmatched/overridden-setting.ts';
import { matchTargets, type TargetMatch } from './waiters/target-match.ts';
import { findWaiters } from './waiters/waiter.ts';
import { indexWaits, withoutUnrelatedJobs } from './waiters/waits.ts';

/** The user's settings for the trees, and what reads the files around them. */
export interface ModelSettings {
  readonly dialect: Dialect;
  /** Reads the pipelines and scripts that deliver a folder; called only if there is a migration. */
  readonly delivery?: (folder: string) => Delivery | undefined;
  /** Finds the scripts that containers of a folder's objects call; used only if one calls a script. */
  readonly scripts?: (folder: string) => FindScript;
  /** Reads the files beside a root's kustomizations that are not listed. */
  readonly unlisted?: (root: BuiltRoot) => Unlisted;
  readonly applier?: Applier;
  /** Absolute paths of the roots that are files which scripts hand to kubectl. */
  readonly appliedFiles?: ReadonlySet<string>;
  /** Names of migration Jobs; `*` stands for any text. */
  readonly migrationJobs?: readonly string[];
  /** Roots that come up after it are not modelled. */
  readonly time?: TimeLimit | undefined;
}

/** Models what a root holds, once it is known who applies it and with which variables. */
export function modelRoot(
  parts: RootParts,
  settings: ModelSettings,
  applied: Pick<OwnModel, 'applier' | 'substitution'>,
): OwnModel {
  const { root, workloads, jobs, config } = parts;
  const waiters = workloads.flatMap(findWaiters);
  const matches = matchTargets(waiters, jobs, (text) => fillVariables(text, applied.substitution.values));
  const databaseSources = databaseSourcesReader(config);
  const found = findMigrations(jobs, matches, settings.migrationJobs ?? []);
  const waits = withoutUnrelatedJobs(indexWaits({ migrations: found, waiters, matches, databaseSources }));
  const { migrations } = waits;
  const unnamedMigrations = readUnnamedMigrations(root);
  return {
    ...applied,
    root: { path: root.path, files: root.files },
    dialect: settings.dialect,
    kustomized: root.kustomization !== undefined,
    order: root.order,
    complete: root.problems.every(leavesComplete),
    completeButSettings: root.problems.every((problem) => leavesComplete(problem) || problem.lacks === 'settings'),
    listed: parts.listed,
    workloads,
    jobs,
    waiters,
    matches,
    migrations,
    unnamedMigrations,
    releases: findReleases(workloads, waits, config),
    config,
    serviceObjects: parts.serviceObjects,
    networkPolicies: parts.networkPolicies,
    quotas: parts.quotas,
    budgets: parts.budgets,
    defaults: parts.defaults,
    standardObjects: parts.standardObjects,
    access: parts.access,
    unlisted: settings.unlisted?.(root) ?? nothingUnlisted,
    entries: once(() => readKustomizationEntries(root)),
    overridden: once(() => root.overridden.map(readOverridden)),
    imageMarkers: once(() => root.files.flatMap(imageMarkers)),
    replacementTargets: readReplacementTargets(root),
    delivery: migrations.length + unnamedMigrations.length > 0 ? settings.delivery?.(root.path) : undefined,
    replacementWrites: readReplacementWrites(root),
    dialectSelections: findDialectSelections(root, settings.dialect),
  };
}

function findMigrations(
  jobs: readonly Job[],
  matches: readonly TargetMatch[],
  configured: readonly string[],
): Migration[] {
  const waits = groupBy(matches, ({ exact }) => exact);
  return jobs.flatMap((job) => {
    const name = job.object.name.value ?? '';
    const waitedForBy = (waits.get(job) ?? []).map(
      ({ waiter }) => `container \`${waiter.container.name.value ?? ''}\` of ${describeObject(waiter.workload.object)}`,
    );
    const knowledge = { waitedForBy, configured: configured.some((pattern) => globMatches(pattern, name)) };
    return recogniseMigration(job, knowledge) ?? [];
  });
}

/** Whether a text matches a pattern, in which `*` stands for any text and `?` for any character. */
function globMatches(pattern: string, text: string): boolean {
  return globMatcher(pattern.replace(/[[\\]/g, '\\$&'))?.(text) ?? false;
}

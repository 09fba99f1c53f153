import type { Delivery } from '../delivery/delivery.ts';
import { fluxOutcome } from '../flux/flux-built-root.ts';
import { compileGlob, matchesGlob } from '../flux/substitution/glob.ts';
import { gatherSubstitution, substitutionOf } from '../flux/substitution.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Dialect } from '../kustomize/dialect.ts';
import { once } from '../once.ts';
import { isOver, type TimeLimit } from '../source/source-cache.ts';
import { type Access, readAccess } from './access/access.ts';
import { type Applier, type ApplierObjects, appliedByFlux, findApplier } from './appliers/applier.ts';
import { readFluxNeighbours } from './appliers/flux-neighbour.ts';
import { PathIndex } from './appliers/path-index.ts';
import { type Beside, nothingBeside } from './beside.ts';
import type { FindScript } from './commands/package-script.ts';
import { databaseSourcesReader } from './databases/database-sources.ts';
import { type Elsewhere, nothingElsewhere } from './elsewhere.ts';
import { type KnownModel, type KnownModels, type OwnModel, Recollection } from './known-models.ts';
import { type Migration, recogniseMigration } from './migrations/migration.ts';
import { readUnnamedMigrations } from './migrations/unnamed-migration.ts';
import type { ConfigObject } from './objects/config-object.ts';
import type { ConfigKind } from './objects/env-entry.ts';
import { describeObject } from './objects/kubernetes-object.ts';
import { fillVariables } from './objects/symbolic.ts';
import type { Job } from './objects/workload.ts';
import { findReleases } from './release.ts';
import { findDialectSelections } from './replacements/dialect-selection.ts';
import { readReplacementTargets } from './replacements/replacement-target.ts';
import { readReplacementWrites } from './replacements/replacement-write.ts';
import type { RootModel } from './root-model.ts';
import { type RootParts, readParts } from './root-parts.ts';
import { Sight } from './sight.ts';
import { Surroundings } from './surroundings.ts';
import { withoutBystanders } from './waiters/astray-wait.ts';
import { matchTarget, type TargetMatch } from './waiters/target-match.ts';
import { findWaiters, type Waiter } from './waiters/waiter.ts';

/** What the user has said about the trees. */
export interface ModelSettings {
  readonly dialect: Dialect;
  /** Reads what delivers a folder; asked only where there is a migration. */
  readonly delivery?: (folder: string) => Delivery | undefined;
  /** Finds the scripts that containers of a folder's objects call; asked only where one does. */
  readonly scripts?: (folder: string) => FindScript;
  /** Reads the access rules in files that a root does not list; asked only where an account lacks rights. */
  readonly unlistedAccess?: (root: BuiltRoot) => Access;
  readonly applier?: Applier;
  /** Names of migration Jobs; `*` stands for any text. */
  readonly migrationJobs?: readonly string[];
  /** Roots whose turn comes after it are not modelled. */
  readonly time?: TimeLimit | undefined;
}

/**
 * Makes the models of all roots of a run. They are read together, since one root may tell how another is applied.
 * @param elsewhere there is no root among them that tells how others are applied
 */
export function modelRoots(
  roots: readonly BuiltRoot[],
  settings: ModelSettings,
  elsewhere: Elsewhere = nothingElsewhere,
): RootModel[] {
  const { byRoot } = remodelRoots(roots, settings, elsewhere);
  return roots.flatMap((root) => byRoot.get(root)?.model ?? []);
}

/**
 * As {@link modelRoots}, after a run over the same trees with the same settings and the same roots elsewhere. A model is the
 * same object as before where nothing has changed that it, or a rule that has read it, depends on.
 */
export function remodelRoots(
  roots: readonly BuiltRoot[],
  settings: ModelSettings,
  elsewhere: Elsewhere,
  known?: KnownModels,
): KnownModels {
  const read = (root: BuiltRoot): RootParts => readParts(root, settings.scripts?.(root.path));
  const isLate = (): boolean => isOver(settings.time);
  const parts = roots.flatMap((root) => known?.byRoot.get(root)?.parts ?? (isLate() ? [] : read(root)));
  const recollection = new Recollection(known, parts);
  const objects: ApplierObjects = {
    kustomizations: new PathIndex(
      parts.flatMap(({ kustomizations }) => kustomizations),
      ({ path }) => path.value,
    ),
    applications: new PathIndex(
      parts.flatMap(({ applications }) => applications),
      ({ path }) => path,
    ),
  };
  const surroundings = known?.surroundings ?? new Surroundings();
  surroundings.become(parts, readElsewhere(elsewhere, read));
  const drafts = parts.flatMap(
    (part) => recollection.recall(part) ?? (isLate() ? [] : draftModel(part, settings, objects, surroundings)),
  );
  const fluxNeighbours = recollection.recallNeighbours(
    readFluxNeighbours(drafts.map(({ parts: { root }, own: { migrations } }) => ({ root, migrations }))),
  );
  surroundings.fluxNeighbours = fluxNeighbours;
  const models = drafts.map((draft) => completeModel(draft, surroundings));
  return { byRoot: new Map(models.map((each) => [each.parts.root, each])), fluxNeighbours, surroundings };
}

/** The same roots, each read once. */
function readElsewhere(
  { holding, binding, positionOf }: Elsewhere,
  read: (root: BuiltRoot) => RootParts,
): Elsewhere<RootParts> {
  const known = new Map<BuiltRoot, RootParts>();
  const readOnce = (root: BuiltRoot): RootParts => {
    const parts = known.get(root) ?? read(root);
    known.set(root, parts);
    return parts;
  };
  return {
    holding: (kind, name) => holding(kind, name).map(readOnce),
    binding: (account) => binding(account).map(readOnce),
    positionOf,
  };
}

type Draft = Omit<KnownModel, 'model'> & { readonly model?: RootModel };

function draftModel(
  parts: RootParts,
  settings: ModelSettings,
  objects: ApplierObjects,
  surroundings: Surroundings,
): Draft {
  const flux = fluxOutcome(parts.root);
  const applier = flux
    ? appliedByFlux(flux.kustomization)
    : findApplier(parts.root.path, parts.objects, objects, settings.applier);
  const sight = new Sight();
  const substitution = flux
    ? substitutionOf(flux)
    : gatherSubstitution(applier.flux, (kind, name) => lookForConfig(sight, surroundings, kind, name));
  const model = modelRoot(parts, settings, (text) => fillVariables(text, substitution.values));
  return { parts, own: { ...model, applier, substitution }, sight, fluxSight: new Sight() };
}

function completeModel({ parts, own, sight, fluxSight: known, model }: Draft, surroundings: Surroundings): KnownModel {
  if (model !== undefined && known.isSame()) return { parts, own, sight, fluxSight: known, model };
  const fluxSight = new Sight();
  return {
    parts,
    own,
    sight,
    fluxSight,
    model: {
      ...own,
      get fluxNeighbours() {
        return fluxSight.look('all', () => surroundings.fluxNeighbours);
      },
      // Only what a waiter looks for may be in another root.
      beside: own.matches.length === 0 ? nothingBeside : lookBeside(parts, sight, surroundings),
      configInAllRoots: (kind, name) => lookForConfig(sight, surroundings, kind, name),
    },
  };
}

function lookBeside(parts: RootParts, sight: Sight, surroundings: Surroundings): Beside {
  return {
    jobsNamed: (name) =>
      sight.look(name === undefined ? 'Job' : `Job ${name}`, () => surroundings.jobsBeside(parts, name)),
    accessOf: (account) => sight.look(`access ${account}`, () => surroundings.accessBeside(parts, account)),
  };
}

function lookForConfig(
  sight: Sight,
  surroundings: Surroundings,
  kind: ConfigKind,
  name: string | undefined,
): readonly ConfigObject[] {
  return sight.look(name === undefined ? kind : `${kind} ${name}`, () => surroundings.configEverywhere(kind, name));
}

function modelRoot(
  { root, listed, workloads, jobs, access, config }: RootParts,
  settings: ModelSettings,
  fill: (text: string) => string,
): Omit<OwnModel, 'applier' | 'substitution'> {
  const waiters = workloads.flatMap(findWaiters);
  const matches = matchWaiters(waiters, jobs, fill);
  const databaseSources = databaseSourcesReader(config);
  const found = findMigrations(jobs, matches, settings.migrationJobs ?? []);
  const migrations = withoutBystanders({ migrations: found, waiters, matches, databaseSources });
  return {
    root: { path: root.path },
    dialect: settings.dialect,
    kustomized: root.kustomization !== undefined,
    order: root.order,
    complete: root.problems.every(({ correction }) => correction !== undefined),
    listed,
    workloads,
    jobs,
    waiters,
    matches,
    migrations,
    unnamedMigrations: readUnnamedMigrations(root),
    releases: findReleases({ workloads, migrations, waiters, matches, databaseSources }),
    config,
    access,
    unlistedAccess: once(() => settings.unlistedAccess?.(root) ?? readAccess([])),
    replacementTargets: readReplacementTargets(root),
    delivery: migrations.length > 0 ? settings.delivery?.(root.path) : undefined,
    replacementWrites: readReplacementWrites(root),
    dialectSelections: findDialectSelections(root, settings.dialect),
  };
}

function matchWaiters(waiters: readonly Waiter[], jobs: readonly Job[], fill: (text: string) => string): TargetMatch[] {
  return waiters.flatMap((waiter) => {
    if (waiter.kind !== 'job') return [];
    // A Job that waits for another is not what it waits for.
    const others = jobs.filter(({ object }) => object !== waiter.workload.object);
    return waiter.targets.map((target) => matchTarget(waiter, target, others, fill));
  });
}

function findMigrations(
  jobs: readonly Job[],
  matches: readonly TargetMatch[],
  configured: readonly string[],
): Migration[] {
  return jobs.flatMap((job) => {
    const name = job.object.name.value ?? '';
    const waitedForBy = matches
      .filter(({ exact }) => exact.includes(job))
      .map(
        ({ waiter }) =>
          `container \`${waiter.container.name.value ?? ''}\` of ${describeObject(waiter.workload.object)}`,
      );
    const knowledge = { waitedForBy, configured: configured.some((pattern) => globMatches(pattern, name)) };
    return recogniseMigration(job, knowledge) ?? [];
  });
}

/** Whether a text is what a pattern says, in which `*` stands for any text and `?` for any character. */
function globMatches(pattern: string, text: string): boolean {
  const terms = compileGlob(pattern.replace(/[[\\]/g, '\\$&'));
  return terms !== undefined && matchesGlob(terms, [...text]);
}

import type { Delivery } from '../delivery/delivery.ts';
import { fluxOutcome } from '../flux/flux-built-root.ts';
import { readFluxKustomization } from '../flux/flux-kustomization.ts';
import { compileGlob, matchesGlob } from '../flux/substitution/glob.ts';
import { gatherSubstitution, substitutionOf } from '../flux/substitution.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Dialect } from '../kustomize/dialect.ts';
import { type Access, readAccess } from './access.ts';
import { type Applier, type ApplierObjects, appliedByFlux, findApplier, readApplicationPaths } from './applier.ts';
import { Neighbourhood, nothingBeside } from './beside.ts';
import { type ConfigObject, readConfigObject } from './config-object.ts';
import { findDialectSelections } from './dialect-selection.ts';
import { readFluxNeighbours } from './flux-neighbour.ts';
import { describeObject, type KubernetesObject, readObject } from './kubernetes-object.ts';
import { type Migration, recogniseMigration } from './migration.ts';
import { once } from './once.ts';
import type { FindScript } from './package-script.ts';
import { PathIndex } from './path-index.ts';
import { findReleases } from './release.ts';
import { readReplacementTargets } from './replacement-target.ts';
import { readReplacementWrites } from './replacement-write.ts';
import type { RootModel } from './root-model.ts';
import { fillVariables } from './symbolic.ts';
import { matchTarget, type TargetMatch } from './target-match.ts';
import { readUnnamedMigrations } from './unnamed-migration.ts';
import { findWaiters, type Waiter } from './waiter.ts';
import { isJob, type Job, readWorkload, type Workload } from './workload.ts';

/** What the user has said about the trees. */
export interface ModelSettings {
  readonly dialect: Dialect;
  /** Reads what delivers a folder; asked only where there is a migration. */
  readonly delivery?: (folder: string) => Delivery | undefined;
  /** Finds the scripts that containers of a folder's objects call; asked only where one does. */
  readonly scripts?: (folder: string) => FindScript;
  readonly applier?: Applier;
  /** Names of migration Jobs; `*` stands for any text. */
  readonly migrationJobs?: readonly string[];
}

/** What each root gives when looked at alone. */
interface RootParts {
  readonly root: BuiltRoot;
  /** In the order of the build. */
  readonly objects: readonly KubernetesObject[];
  readonly listed: readonly KubernetesObject[];
  readonly workloads: readonly Workload[];
  readonly jobs: readonly Job[];
  readonly access: Access;
  readonly config: readonly ConfigObject[];
  readonly workloadIds: ReadonlySet<string>;
}

/**
 * Makes the models of all roots of a run. They are read together, since one root may tell how another is applied.
 * @param elsewhere builds the roots that are not to be modelled themselves, where somebody asks what these bring; there
 * is none among them that tells how others are applied
 */
export function modelRoots(
  roots: readonly BuiltRoot[],
  settings: ModelSettings,
  elsewhere: () => readonly BuiltRoot[] = () => [],
): RootModel[] {
  const resources = roots.flatMap((root) => root.resources);
  const objects: ApplierObjects = {
    kustomizations: new PathIndex(
      resources.flatMap((resource) => readFluxKustomization(resource) ?? []),
      ({ path }) => path.value,
    ),
    applicationPaths: new PathIndex(resources.flatMap(readApplicationPaths), (path) => path),
  };
  const parts = roots.map((root) => readParts(root, settings));
  const everywhere = once(() => [...parts, ...elsewhere().map((root) => readParts(root, settings))]);
  const neighbourhood = new Neighbourhood(everywhere);
  const allConfig = once(() => everywhere().flatMap(({ config }) => config));
  const models = parts.map((part) => {
    const flux = fluxOutcome(part.root);
    const applier = flux
      ? appliedByFlux(flux.kustomization)
      : findApplier(part.root.path, part.objects, objects, settings.applier);
    const substitution = flux
      ? substitutionOf(flux)
      : gatherSubstitution(applier.flux, applier.flux.length === 0 ? [] : allConfig());
    const model = modelRoot(part, settings, (text) => fillVariables(text, substitution.values));
    // Only what a waiter looks for may be in another root.
    const beside = model.matches.length === 0 ? nothingBeside : neighbourhood.beside(part);
    return { ...model, applier, substitution, beside };
  });
  const fluxNeighbours = readFluxNeighbours(
    parts.map(({ root }, index) => ({ root, migrations: models[index]?.migrations ?? [] })),
  );
  return models.map((model) => ({
    ...model,
    fluxNeighbours,
    get configInAllRoots() {
      return allConfig();
    },
  }));
}

function readParts(root: BuiltRoot, { scripts }: ModelSettings): RootParts {
  const objects = new Map(root.resources.map((resource) => [resource, readObject(resource)]));
  const findScript = scripts?.(root.path);
  const workloads = [...objects].flatMap(([resource, object]) => readWorkload(resource, object, findScript) ?? []);
  return {
    root,
    objects: [...objects.values()],
    listed: root.listed.map((resource) => objects.get(resource) ?? readObject(resource)),
    workloads,
    jobs: workloads.filter(isJob),
    access: readAccess(root.resources),
    config: root.resources.flatMap((resource) => readConfigObject(resource) ?? []),
    workloadIds: new Set(
      workloads.map(({ object: { kind, earlierNames, name } }) => `${kind}/${earlierNames[0] ?? name.value}`),
    ),
  };
}

function modelRoot(
  { root, listed, workloads, jobs, access, config }: RootParts,
  settings: ModelSettings,
  fill: (text: string) => string,
): Omit<RootModel, 'applier' | 'substitution' | 'beside' | 'fluxNeighbours' | 'configInAllRoots'> {
  const waiters = workloads.flatMap(findWaiters);
  const matches = matchWaiters(waiters, jobs, fill);
  const migrations = findMigrations(jobs, matches, settings.migrationJobs ?? []);
  return {
    root: { path: root.path },
    dialect: settings.dialect,
    kustomized: root.kustomization !== undefined,
    order: root.order,
    complete: root.problems.length === 0,
    listed,
    workloads,
    jobs,
    waiters,
    matches,
    migrations,
    unnamedMigrations: readUnnamedMigrations(root),
    releases: findReleases({ workloads, migrations, waiters, matches, config }),
    config,
    access,
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

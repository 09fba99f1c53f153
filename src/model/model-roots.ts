import { oncePer } from '../collections/once.ts';
import { fluxOutcome } from '../flux/flux-built-root.ts';
import { patternOfPath } from '../flux/sources/open-path.ts';
import { gatherSubstitution, substitutionOf } from '../flux/substitution/substitution.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { ConfigObject } from '../objects/config-object.ts';
import type { ConfigKind } from '../objects/env-entry.ts';
import { isOver } from '../source/source-cache.ts';
import { sealedSource } from './access/sealed-source.ts';
import { type ApplierObjects, appliedByFlux, appliedByKubectl, findApplier } from './appliers/applier.ts';
import { PathIndex } from './appliers/path-index.ts';
import { readFluxNeighbours } from './flux/flux-neighbour.ts';
import { type ModelSettings, modelRoot } from './model-root.ts';
import { type Elsewhere, nothingElsewhere } from './other-roots/elsewhere.ts';
import { type KnownModel, type KnownModels, ReusableModels } from './other-roots/known-models.ts';
import { Lookups } from './other-roots/lookups.ts';
import type { OtherRoots } from './other-roots/other-roots.ts';
import { RootIndex } from './other-roots/root-index.ts';
import type { RootModel } from './root-model.ts';
import { type RootParts, readParts } from './root-parts.ts';

/**
 * Models all roots of a run. They are read together, since one root may say how another is applied.
 * @param elsewhere further roots, none of which says how others are applied
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
 * As {@link modelRoots}, after a run over the same trees with the same settings and the same roots elsewhere. A model
 * is the same object as before if nothing has changed that it, or a rule that read it, depends on.
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
  const reusable = new ReusableModels(known, parts);
  const objects = indexApplierObjects(parts);
  const index = known?.index ?? new RootIndex();
  index.update(parts, readElsewhere(elsewhere, read));
  const drafts = parts.flatMap(
    (part) => reusable.find(part) ?? (isLate() ? [] : draftModel(part, settings, objects, index)),
  );
  const neighbours = drafts.map(({ parts: { root, objects: applied }, own: { migrations } }) => {
    return { root, objects: applied, migrations };
  });
  const fluxNeighbours = reusable.reuseNeighbours(readFluxNeighbours(neighbours));
  index.fluxNeighbours = fluxNeighbours;
  const models = drafts.map((draft) => completeModel(draft, index));
  return { byRoot: new Map(models.map((each) => [each.parts.root, each])), fluxNeighbours, index };
}

/** The same roots, read at most once each. */
function readElsewhere(
  { holding, binding, positionOf }: Elsewhere,
  read: (root: BuiltRoot) => RootParts,
): Elsewhere<RootParts> {
  const readOnce = oncePer(read);
  return {
    holding: (kind, name) => holding(kind, name).map(readOnce),
    binding: (account) => binding(account).map(readOnce),
    positionOf,
  };
}

/** The objects of all roots that say who applies what, by the paths that they point at. */
function indexApplierObjects(parts: readonly RootParts[]): ApplierObjects {
  const kustomizations = parts.flatMap((part) => part.kustomizations);
  const applications = parts.flatMap((part) => part.applications);
  return {
    kustomizations: new PathIndex(kustomizations, ({ path }) => patternOfPath(path.value ?? '')),
    applications: new PathIndex(applications, ({ path }) => path),
  };
}

/** A model of this run that is not complete yet, or one of the run before. */
type Draft = Omit<KnownModel, 'model'> & { readonly model?: RootModel };

function draftModel(parts: RootParts, settings: ModelSettings, objects: ApplierObjects, index: RootIndex): Draft {
  const flux = fluxOutcome(parts.root);
  const applier = flux ? appliedByFlux(flux.kustomization) : findOtherApplier(parts, settings, objects);
  const lookups = new Lookups();
  const substitution = flux
    ? substitutionOf(flux)
    : gatherSubstitution(applier.flux, (kind, name) => lookForConfig(lookups, index, kind, name));
  const own = modelRoot(parts, settings, { applier, substitution });
  return { parts, own, lookups, fluxLookups: new Lookups() };
}

/** Who applies a root that was not built as Flux builds it. */
function findOtherApplier({ root, objects: built }: RootParts, settings: ModelSettings, objects: ApplierObjects) {
  if (settings.appliedFiles?.has(root.path)) return appliedByKubectl;
  return findApplier(root.path, built, objects, settings.applier);
}

/** Adds what a model looks up in other roots, unless it is one of the run before that is still valid. */
function completeModel({ parts, own, lookups, fluxLookups: known, model }: Draft, index: RootIndex): KnownModel {
  if (model !== undefined && known.isSame()) return { parts, own, lookups, fluxLookups: known, model };
  const fluxLookups = new Lookups();
  return {
    parts,
    own,
    lookups,
    fluxLookups,
    model: {
      ...own,
      get fluxNeighbours() {
        return fluxLookups.lookUp('all', () => index.fluxNeighbours);
      },
      otherRoots: lookIntoOthers(parts, lookups, index),
      configInAllRoots: (kind, name) => lookForConfig(lookups, index, kind, name),
      sealedCopies: (secret) => lookForSealed(lookups, index, secret),
      imageAutomation: (kind) => lookups.lookUp(kind, () => index.imageAutomation(kind)),
    },
  };
}

function lookIntoOthers(parts: RootParts, lookups: Lookups, index: RootIndex): OtherRoots {
  return {
    jobsNamed: (name) =>
      lookups.lookUp(name === undefined ? 'Job' : `Job ${name}`, () => index.jobsOfOthers(parts, name)),
    accessOf: (account) => lookups.lookUp(`access ${account}`, () => index.accessOfOthers(parts, account)),
    accountsNamed: (name) => lookups.lookUp(`account ${name}`, () => index.accountsOfOthers(parts, name)),
    clusterRolesNamed: (name) => lookups.lookUp(`ClusterRole ${name}`, () => index.clusterRolesOfOthers(parts, name)),
    networkPolicies: (namespace) =>
      lookups.lookUp(`NetworkPolicy ${namespace ?? ''}`, () => index.policiesOfOthers(parts, namespace)),
  };
}

function lookForConfig(
  lookups: Lookups,
  index: RootIndex,
  kind: ConfigKind,
  name: string | undefined,
): readonly ConfigObject[] {
  return lookups.lookUp(name === undefined ? kind : `${kind} ${name}`, () => index.configEverywhere(kind, name));
}

function lookForSealed(lookups: Lookups, index: RootIndex, secret: ConfigObject): readonly ConfigObject[] {
  const source = sealedSource(secret);
  return source === undefined ? [] : lookups.lookUp(`sealed ${source}`, () => index.sealedEverywhere(source));
}

import { fluxOutcome } from '../flux/flux-built-root.ts';
import { gatherSubstitution, substitutionOf } from '../flux/substitution.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import { isOver } from '../source/source-cache.ts';
import { type ApplierObjects, appliedByFlux, findApplier } from './appliers/applier.ts';
import { readFluxNeighbours } from './appliers/flux-neighbour.ts';
import { PathIndex } from './appliers/path-index.ts';
import { type Beside, nothingBeside } from './beside.ts';
import { type Elsewhere, nothingElsewhere } from './elsewhere.ts';
import { type KnownModel, type KnownModels, Recollection } from './known-models.ts';
import { type ModelSettings, modelRoot } from './model-root.ts';
import type { ConfigObject } from './objects/config-object.ts';
import type { ConfigKind } from './objects/env-entry.ts';
import { fillVariables } from './objects/symbolic.ts';
import type { RootModel } from './root-model.ts';
import { type RootParts, readParts } from './root-parts.ts';
import { Sight } from './sight.ts';
import { Surroundings } from './surroundings.ts';

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
 * As {@link modelRoots}, after a run over the same trees with the same settings and the same roots elsewhere. A model is the
 * same object as before if nothing has changed that it, or a rule that read it, depends on.
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

/** The same roots, read at most once each. */
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
      // Only what waiters look for may be in another root.
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

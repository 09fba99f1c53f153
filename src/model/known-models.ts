import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { FluxNeighbour } from './appliers/flux-neighbour.ts';
import type { RootModel } from './root-model.ts';
import type { RootParts } from './root-parts.ts';
import type { Sight } from './sight.ts';
import type { Surroundings } from './surroundings.ts';

/** What was modelled in one run, for the next one: a root whose build is the same object is not modelled again. */
export interface KnownModels {
  readonly byRoot: ReadonlyMap<BuiltRoot, KnownModel>;
  readonly fluxNeighbours: readonly FluxNeighbour[];
  readonly surroundings: Surroundings;
}

/** A model with what it was made of. */
export interface KnownModel {
  readonly parts: RootParts;
  /** What does not depend on the models of other roots. */
  readonly own: OwnModel;
  readonly model: RootModel;
  /** What the model, or a rule that reads it, has asked of other roots. */
  readonly sight: Sight;
  /** And of the Flux Kustomizations, which are known only once all roots are modelled. */
  readonly fluxSight: Sight;
}

export type OwnModel = Omit<RootModel, 'fluxNeighbours' | 'beside' | 'configInAllRoots'>;

/** Picks the models that are the same still. */
export class Recollection {
  readonly #known: KnownModels | undefined;
  readonly #isSameApplied: boolean;

  /** @param parts of all roots of this run; those of roots that have not changed are the known ones */
  constructor(known: KnownModels | undefined, parts: readonly RootParts[]) {
    this.#known = known;
    const before = [...(known?.byRoot.values() ?? [])].map((each) => each.parts);
    this.#isSameApplied = areSame(before.filter(tellsApplier), parts.filter(tellsApplier));
  }

  /** The model of a root, where neither its build nor what it has looked at has changed. */
  recall({ root }: RootParts): KnownModel | undefined {
    const known = this.#isSameApplied ? this.#known?.byRoot.get(root) : undefined;
    return known?.sight.isSame() ? known : undefined;
  }

  /** Each neighbour as it was in the run before, where it is the same, so that models that have looked at it are, too. */
  recallNeighbours(neighbours: readonly FluxNeighbour[]): readonly FluxNeighbour[] {
    const before = new Map(this.#known?.fluxNeighbours.map((each) => [each.kustomization, each]));
    return neighbours.map((each) => {
      const known = before.get(each.kustomization);
      return known?.migrations === each.migrations ? known : each;
    });
  }
}

function areSame(before: readonly RootParts[], now: readonly RootParts[]): boolean {
  return before.length === now.length && before.every((each, index) => each === now[index]);
}

function tellsApplier({ kustomizations, applications }: RootParts): boolean {
  return kustomizations.length > 0 || applications.length > 0;
}

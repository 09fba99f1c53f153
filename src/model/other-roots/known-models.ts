import type { BuiltRoot } from '../../kustomize/built-root.ts';
import type { FluxNeighbour } from '../flux/flux-neighbour.ts';
import type { OwnModel, RootModel } from '../root-model.ts';
import type { RootParts } from '../root-parts.ts';
import type { Lookups } from './lookups.ts';
import type { RootIndex } from './root-index.ts';

/** The models of one run, for the next: a root whose build is the same object is not modelled again. */
export interface KnownModels {
  readonly byRoot: ReadonlyMap<BuiltRoot, KnownModel>;
  readonly fluxNeighbours: readonly FluxNeighbour[];
  readonly index: RootIndex;
}

/** A model and what it was made from. */
export interface KnownModel {
  readonly parts: RootParts;
  /** The part that does not depend on the models of other roots. */
  readonly own: OwnModel;
  readonly model: RootModel;
  /** What the model, or a rule that reads it, looked up in other roots. */
  readonly lookups: Lookups;
  /** The same for the Flux Kustomizations, which are known only once all roots are modelled. */
  readonly fluxLookups: Lookups;
}

/** Picks the models that are still valid. */
export class ReusableModels {
  readonly #known: KnownModels | undefined;
  readonly #isSameApplied: boolean;

  /** @param parts of all roots of this run; for roots that have not changed these are the known objects */
  constructor(known: KnownModels | undefined, parts: readonly RootParts[]) {
    this.#known = known;
    const before = [...(known?.byRoot.values() ?? [])].map((each) => each.parts);
    this.#isSameApplied = areSame(before.filter(namesApplier), parts.filter(namesApplier));
  }

  /** The model of a root, if neither its build nor what it looked up in other roots has changed. */
  find({ root }: RootParts): KnownModel | undefined {
    const known = this.#isSameApplied ? this.#known?.byRoot.get(root) : undefined;
    return known?.lookups.isSame() ? known : undefined;
  }

  /** Replaces each unchanged neighbour with the object of the previous run, so that models that looked at it stay valid. */
  reuseNeighbours(neighbours: readonly FluxNeighbour[]): readonly FluxNeighbour[] {
    const before = new Map(this.#known?.fluxNeighbours.map((each) => [each.kustomization, each]));
    return neighbours.map((each) => {
      const known = before.get(each.kustomization);
      return known?.migrations === each.migrations && known.objects === each.objects ? known : each;
    });
  }
}

function areSame(before: readonly RootParts[], now: readonly RootParts[]): boolean {
  return before.length === now.length && before.every((each, index) => each === now[index]);
}

/** Whether a root says how roots are applied. */
function namesApplier({ kustomizations, applications }: RootParts): boolean {
  return kustomizations.length > 0 || applications.length > 0;
}

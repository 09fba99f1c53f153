import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { BuildProblem } from '../kustomize/problem.ts';
import type { FluxKustomization } from './flux-kustomization.ts';
import type { NamedUse } from './substitution/substitution-outcome.ts';
import type { Variables } from './substitution/variables.ts';

/** The result of building a Flux Kustomization: its objects as Flux applies them, in that order. */
export interface FluxBuiltRoot extends BuiltRoot {
  readonly flux: FluxOutcome;
}

/** What Flux did in addition to the build. */
export interface FluxOutcome {
  readonly kustomization: FluxKustomization;
  /** Absolute path of the source's root. */
  readonly source: string;
  /** Undefined if nothing is substituted. */
  readonly variables: Variables | undefined;
  /** Uses of variables that nothing sets, which are empty in the cluster. */
  readonly unset: readonly NamedUse[];
  /** Uses of variables with unknown values, which are still in the objects as written. */
  readonly unknown: readonly NamedUse[];
  /** Unknown variables, and other problems that do not make the objects incomplete. */
  readonly remarks: readonly BuildProblem[];
  /** Absolute paths of the folders that it may be built from, if its path has variables whose values are not known. */
  readonly candidates?: readonly string[];
}

/** What Flux did for a root; undefined for a root that is built without Flux. */
export function fluxOutcome(root: BuiltRoot): FluxOutcome | undefined {
  return isFluxBuilt(root) ? root.flux : undefined;
}

export function isFluxBuilt(root: BuiltRoot): root is FluxBuiltRoot {
  return 'flux' in root;
}

/** A Flux Kustomization as messages name it: `flux-system/apps`. */
export function fluxName({ object: { name, namespace } }: FluxKustomization): string {
  return namespace.value === undefined ? (name.value ?? '') : `${namespace.value}/${name.value ?? ''}`;
}

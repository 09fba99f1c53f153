import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { BuildProblem } from '../kustomize/problem.ts';
import type { FluxKustomization } from './flux-kustomization.ts';
import type { NamedUse } from './substitution/substitute-resource.ts';
import type { Variables } from './substitution/variables.ts';

/** What Flux makes of one of its Kustomizations: the objects as it applies them, in the order in which it does. */
export interface FluxBuiltRoot extends BuiltRoot {
  readonly flux: FluxOutcome;
}

/** What Flux did beyond building. */
export interface FluxOutcome {
  readonly kustomization: FluxKustomization;
  /** Absolute path of the source's top. */
  readonly source: string;
  /** Undefined where nothing is substituted. */
  readonly variables: Variables | undefined;
  /** Uses of variables that nothing sets: empty in the cluster. */
  readonly unset: readonly NamedUse[];
  /** Uses of variables whose values are not known here; these stand in the objects as they are written. */
  readonly unknown: readonly NamedUse[];
  /** What is not known of the variables, and other remarks that do not make the objects themselves incomplete. */
  readonly remarks: readonly BuildProblem[];
}

/** What Flux did for a root; undefined for one that is built without it. */
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

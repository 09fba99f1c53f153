import type { ConfigObject } from '../../objects/config-object.ts';
import type { ConfigKind } from '../../objects/env-entry.ts';
import type { LeftVariable } from '../../objects/symbolic.ts';
import type { FluxOutcome } from '../flux-built-root.ts';
import type { FluxKustomization } from '../flux-kustomization.ts';
import type { NamedUse } from './substitution-outcome.ts';

/** The variables that the Flux Kustomizations of a root substitute. */
export interface Substitution {
  /** The known values, except those from Secrets. */
  readonly values: ReadonlyMap<string, string>;
  /** Whether a source of variables is not in the tree, so that any variable may be set. */
  readonly open: boolean;
  /** The names of variables that are set, including those with hidden values. */
  readonly names: ReadonlySet<string>;
  /** Uses of variables that nothing sets, which Flux has replaced with nothing. */
  readonly emptied: readonly NamedUse[];
}

/**
 * The substitution of a root that was built as Flux builds it: known values are already in the objects, and any
 * remaining expression has an unknown value.
 */
export function substitutionOf({ variables, unset }: FluxOutcome): Substitution {
  const names = new Set(variables?.byName.keys() ?? []);
  return { values: new Map(), open: (variables?.openSources.length ?? 0) > 0, names, emptied: unset };
}

/**
 * Collects the variables of a root; inline ones win over `substituteFrom`. A value is unknown if several Kustomizations
 * for the root set different ones.
 */
export function gatherSubstitution(
  kustomizations: readonly FluxKustomization[],
  find: (kind: ConfigKind, name: string) => readonly ConfigObject[],
): Substitution {
  const values = new Map<string, string>();
  const names = new Set<string>();
  const conflicting = new Set<string>();
  let open = false;
  for (const kustomization of kustomizations) {
    const own = new Map<string, string | undefined>();
    for (const { kind, name } of kustomization.substituteFrom) {
      const [object] = find(kind === 'Secret' ? 'Secret' : 'ConfigMap', name.value ?? '');
      if (!object?.allKeysKnown) open = true;
      for (const [key, { value }] of object?.keys ?? []) own.set(key, kind === 'Secret' ? undefined : value);
    }
    for (const [key, { value }] of kustomization.substitute) own.set(key, value);
    for (const [key, value] of own) {
      names.add(key);
      if (value === undefined || (values.has(key) && values.get(key) !== value)) conflicting.add(key);
      else values.set(key, value);
    }
  }
  for (const key of conflicting) values.delete(key);
  return { values, open, names, emptied: [] };
}

/** Whether Flux substitutes a variable: because it is set, or has a default and any variable is set. */
export function fillsVariable(substitution: Substitution, variable: LeftVariable): boolean {
  if (substitution.open || substitution.names.has(variable.name)) return true;
  return variable.hasDefault && substitution.names.size > 0;
}

import type { ConfigObject } from '../model/objects/config-object.ts';
import type { ConfigKind } from '../model/objects/env-entry.ts';
import type { LeftVariable } from '../model/objects/symbolic.ts';
import type { FluxOutcome } from './flux-built-root.ts';
import type { FluxKustomization } from './flux-kustomization.ts';
import type { NamedUse } from './substitution/substitute-resource.ts';

/** What the Flux Kustomizations of a root put in place of variables. */
export interface Substitution {
  /** Values of the variables that are in the tree; a Secret's are not among them. */
  readonly values: ReadonlyMap<string, string>;
  /** Whether some source of variables is not in the tree, so that any variable may be filled. */
  readonly open: boolean;
  /** Names that are filled, also those whose value is hidden. */
  readonly names: ReadonlySet<string>;
  /** Uses of variables that nothing sets, in whose place Flux has put nothing. */
  readonly emptied: readonly NamedUse[];
}

/**
 * The substitution of a root that was built as Flux builds it: all that is known stands in the objects already, and an
 * expression that is left waits for a value that is not known here.
 */
export function substitutionOf({ variables, unset }: FluxOutcome): Substitution {
  const names = new Set(variables?.byName.keys() ?? []);
  return { values: new Map(), open: (variables?.openSources.length ?? 0) > 0, names, emptied: unset };
}

/**
 * Gathers the variables of a root: inline ones win over `substituteFrom`. Values that differ between several
 * Kustomizations for one root are left unknown.
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

/** Whether Flux fills a variable: by its name, or by its own default once there is any variable at all. */
export function fillsVariable(substitution: Substitution, variable: LeftVariable): boolean {
  if (substitution.open || substitution.names.has(variable.name)) return true;
  return variable.hasDefault && substitution.names.size > 0;
}

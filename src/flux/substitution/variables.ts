import type { Origin } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';
import type { VariableState } from './evaluate.ts';

/** A variable that something in the tree, or the user, is known to set. */
export interface Variable {
  readonly name: string;
  /** Undefined where it is set to something that is not known here: it is encrypted, or made in the cluster. */
  readonly value: string | undefined;
  /** Where the value stands. Undefined for one that the command line or the settings give. */
  readonly origin: Origin | undefined;
  /** Where its name stands before the value. */
  readonly namedAt: Span | undefined;
  /** What sets it, in a phrase: ``ConfigMap `cluster-settings` ``. */
  readonly setBy: string;
}

/** The variables that one Flux Kustomization substitutes. */
export interface Variables {
  readonly byName: ReadonlyMap<string, Variable>;
  /**
   * The sources whose variables cannot all be named here, each in a phrase. Where there is one, a variable that nothing
   * else sets may still be set.
   */
  readonly openSources: readonly string[];
}

/** What is known of a variable by its name. */
export function lookUp({ byName, openSources }: Variables, name: string): VariableState {
  const variable = byName.get(name);
  if (variable === undefined) return { kind: openSources.length > 0 ? 'unknown' : 'unset' };
  return variable.value === undefined ? { kind: 'unknown' } : { kind: 'known', value: variable.value };
}

/**
 * Whether a name can be substituted at all; Flux refuses the whole Kustomization for a variable with another name.
 */
export function isVariableName(name: string): boolean {
  return /^[_A-Za-z][_A-Za-z0-9]*$/.test(name);
}

/** A value as Flux takes it over: on one line. */
export function withoutNewlines(value: string): string {
  return value.replaceAll('\n', '');
}

import type { Origin } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';
import type { VariableState } from './evaluate.ts';

/** A variable that the tree or the user sets. */
export interface Variable {
  readonly name: string;
  /** Undefined if the value is unknown because it is encrypted, or created in the cluster. */
  readonly value: string | undefined;
  /** The origin of the value; undefined for a variable of the command line or the settings. */
  readonly origin: Origin | undefined;
  /** The location of its name. */
  readonly namedAt: Span | undefined;
  /** What sets it, in a phrase: ``ConfigMap `cluster-settings` ``. */
  readonly setBy: string;
}

/** The variables that one Flux Kustomization substitutes. */
export interface Variables {
  readonly byName: ReadonlyMap<string, Variable>;
  /**
   * The sources whose variables are not all known, each as a phrase. If there are any, a variable that nothing else sets
   * may still be set.
   */
  readonly openSources: readonly string[];
}

/** What is known about a variable. */
export function lookUp({ byName, openSources }: Variables, name: string): VariableState {
  const variable = byName.get(name);
  if (variable === undefined) return { kind: openSources.length > 0 ? 'unknown' : 'unset' };
  return variable.value === undefined ? { kind: 'unknown' } : { kind: 'known', value: variable.value };
}

/**
 * Whether a name is valid; Flux refuses the whole Kustomization because of an invalid one.
 */
export function isVariableName(name: string): boolean {
  return /^[_A-Za-z][_A-Za-z0-9]*$/.test(name);
}

/** A value as Flux uses it: on one line. */
export function withoutNewlines(value: string): string {
  return value.replaceAll('\n', '');
}

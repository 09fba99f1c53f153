import { comeFromOneObject, type Environment, keyOf, type Variable } from '../../environment/environment.ts';
import { classifyName, findDatabaseSettings } from '../database-setting.ts';

/** Settings that an `envFrom` entry brings under a prefix, away from the rest of their connection. */
export interface PrefixedSettings {
  readonly variables: readonly [Variable, ...Variable[]];
  /** A setting of the same connection without the prefix. */
  readonly beside: Variable;
}

/**
 * Finds settings that one container gets from an object under a prefix and the other without it. Only if the first one
 * has another setting of the same connection without the prefix, since a program may expect all of them to have it.
 */
export function findPrefixedSettings(own: Environment, other: Environment): PrefixedSettings | undefined {
  const settings = findDatabaseSettings(own);
  const [first, ...more] = settings
    .map(({ variable }) => variable)
    .filter((variable) => {
      const theirs = other.variables.get(keyOf(variable));
      return isRenamed(variable, own) && theirs !== undefined && comeFromOneObject(variable, theirs);
    });
  if (first === undefined) return undefined;
  const group = classifyName(keyOf(first))?.group;
  const beside = settings.find((setting) => setting.group === group && !setting.variable.prefix)?.variable;
  return group === undefined || beside === undefined ? undefined : { variables: [first, ...more], beside };
}

/** Whether a variable has a prefix, and the container none of the name without it. */
function isRenamed(variable: Variable, { variables }: Environment): boolean {
  return Boolean(variable.prefix) && !variables.has(keyOf(variable));
}

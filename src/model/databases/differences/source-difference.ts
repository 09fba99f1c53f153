import { editDistance } from '../../../text/edit-distance.ts';
import { comeFromOneObject, type Environment, keyOf, type Variable } from '../../environment/environment.ts';
import { classifyName, type DatabaseEnvironment, type DatabaseSetting } from '../database-setting.ts';

/**
 * A variable that the two take from different sources, if the values are not in the tree. `key`: from keys that differ by a
 * letter, of an object that is not in the tree.
 */
export interface SourceDifference {
  readonly kind: 'source' | 'key';
  readonly job: Variable;
  readonly service: Variable;
}

/** Compares where settings of the same name, or from the same key, come from. */
export function findSourceDifference(
  job: DatabaseEnvironment,
  service: DatabaseEnvironment,
): SourceDifference | undefined {
  for (const { role, variable } of job.settings) {
    if (role !== 'url' && role !== 'host' && role !== 'name') continue;
    const other = counterpartOf(variable, service.settings)?.variable;
    if (other === undefined || hasOwnRole(variable)) continue;
    const theirs = partsOf(other, service);
    if (partsOf(variable, job).some((part) => theirs.some((each) => sameSource(part, each)))) continue;
    if (variable.value !== undefined && variable.value === other.value) continue;
    if (variable.source.kind === 'other' || other.source.kind === 'other') continue;
    return { kind: 'source', job: variable, service: other };
  }
  return findKeyDifference(job, service);
}

/**
 * The service's setting of the same name; else the only one that comes from the same key, since a tool may have its own
 * name for it, such as `FLYWAY_URL`.
 */
function counterpartOf({ name, source }: Variable, service: readonly DatabaseSetting[]): DatabaseSetting | undefined {
  const namesake = service.find((setting) => setting.variable.name === name);
  if (namesake !== undefined || source.kind !== 'object' || ownRoleName.test(name)) return namesake;
  const alike = service.filter(({ variable }) => {
    const other = variable.source;
    return other.kind === 'object' && other.objectKind === source.objectKind && other.key === source.key;
  });
  return alike.length === 1 ? alike[0] : undefined;
}

/** A variable, and the URLs that its value is built from: `$(DATABASE_URL)&schema=shop`. */
function partsOf(variable: Variable, { variables }: Environment): Variable[] {
  const urls = variable.parts.filter((name) => classifyName(name)?.role === 'url');
  return [variable, ...urls.flatMap((name) => variables.get(name) ?? [])];
}

/** Keys of an object outside the tree that were most likely meant to be the same: `url` and `uri`. */
function findKeyDifference(job: DatabaseEnvironment, { variables }: DatabaseEnvironment): SourceDifference | undefined {
  for (const { variable } of job.settings) {
    const other = variables.get(variable.name);
    if (other === undefined || variable.setting || other.setting || !sameSource(variable, other)) continue;
    if (isSlipOfKey(keyOf(variable), keyOf(other))) return { kind: 'key', job: variable, service: other };
  }
  return undefined;
}

/** Whether two keys differ by one letter, in a word that is more than an abbreviation such as `rw`. */
function isSlipOfKey(a: string, b: string): boolean {
  if (/\d/.test(a + b) || editDistance(a, b) !== 1) return false;
  const [words, others] = [wordsOf(a), wordsOf(b)];
  return words.length !== others.length || words.every((word, index) => word === others[index] || word.length > 2);
}

function wordsOf(key: string): string[] {
  return key.split(/[^A-Za-z]+/);
}

/** Whether two variables come from the same object. Two of its keys may be two roles in the same database. */
function sameSource(a: Variable, b: Variable): boolean {
  if (a.source.kind === 'object') return comeFromOneObject(a, b);
  return a.source.kind === b.source.kind && a.value === b.value;
}

/** Whether the names say that the migration has its own role, or a direct URL, for the same database. */
export function hasOwnRole(variable: Variable): boolean {
  const { source } = variable;
  return source.kind === 'object' && ownRoleName.test(`${source.object} ${source.key}`);
}

/** A part of names that are not the service's: of a role that may change the schema, or of a URL past a pooler. */
export const ownRoleName = /migrat|owner|admin|superuser|root|ddl|direct|unpooled|non.?pool|primary|privileged/i;

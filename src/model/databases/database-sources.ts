import { oncePer } from '../../collections/once.ts';
import type { ConfigObject } from '../../objects/config-object.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import { isJob, type Job, type Workload } from '../../objects/workload.ts';
import { type Environment, readEnvironment, type Variable } from '../environment/environment.ts';
import { type DatabaseAddress, databaseAddresses, findDatabaseSettings } from './database-setting.ts';

/**
 * The ConfigMaps and Secrets that a workload takes its database settings from, and the databases whose addresses stand in
 * its manifest or in ConfigMaps, as messages name them.
 */
export type DatabaseSources = (workload: Workload) => ReadonlySet<string>;

/** Reads the sources of each workload once. */
export const databaseSourcesReader = oncePer(
  (config: readonly ConfigObject[]): DatabaseSources =>
    oncePer((workload: Workload) => readDatabaseSources(workload, config)),
);

/** The first source of a Job that another workload takes its database settings from as well. */
export function findSharedSource(sources: DatabaseSources, job: Job, other: Workload): string | undefined {
  const theirs = sources(other);
  return [...sources(job)].find((source) => theirs.has(source));
}

function readDatabaseSources(workload: Workload, config: readonly ConfigObject[]): Set<string> {
  const sources = new Set<string>();
  for (const container of workload.pod.containers) {
    const environment = readEnvironment(container, workload, config);
    if (isSwitchedOff(environment)) continue;
    const settings = findDatabaseSettings(environment);
    for (const { variable, role } of settings) {
      const { source } = variable;
      if (source.kind === 'object' && role !== 'port') sources.add(`${source.objectKind} \`${source.object}\``);
    }
    // Whatever a migration takes from a Secret belongs to the database.
    for (const { source } of isJob(workload) ? environment.variables.values() : []) {
      if (source.kind === 'object' && source.objectKind === 'Secret') sources.add(`Secret \`${source.object}\``);
    }
    for (const { objectKind, object } of environment.unknownImports) {
      if (objectKind === 'Secret' && object.value !== undefined) sources.add(`Secret \`${object.value}\``);
    }
    for (const address of databaseAddresses(settings)) pushWritten(address, sources);
  }
  return sources;
}

/**
 * Whether a container's own settings say that it works without a database (`DB_BACKEND: none`), whatever the settings that
 * it shares with others name.
 */
function isSwitchedOff({ variables }: Environment): boolean {
  return [...variables.values()].some(
    ({ name, value }) => databaseSwitch.test(name) && /^(none|off|disabled|(in[-_]?)?memory|mock)$/i.test(value ?? ''),
  );
}

const databaseSwitch = /^(DB|DATABASE)_(BACKEND|DRIVER|TYPE|ENGINE|MODE|PROVIDER)$/i;

/** Adds a database that the manifest itself or a ConfigMap names, but no Secret. What `localhost` leads to is each pod's own. */
function pushWritten({ host, database, from, nameFrom }: DatabaseAddress, sources: Set<string>): void {
  if (host === undefined || database === undefined || /^(localhost$|127\.|\/)/.test(host)) return;
  if (![from, nameFrom].every(isOpen)) return;
  if (isSymbolic(`${host}/${database}`)) return;
  sources.add(`values for database \`${database}\` on \`${host}\``);
}

function isOpen({ source }: Variable): boolean {
  return source.kind === 'literal' || (source.kind === 'object' && source.objectKind === 'ConfigMap');
}

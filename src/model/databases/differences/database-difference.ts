import { areSameKey, type Environment, type Variable } from '../../environment/environment.ts';
import { type DatabaseEnvironment, findDatabaseSettings } from '../database-setting.ts';
import { type AddressDifference, compareAddresses } from './address-difference.ts';
import {
  findImportDifference,
  findMissingImport,
  type ImportDifference,
  type MissingImport,
} from './import-difference.ts';
import { findPrefixedSettings, type PrefixedSettings } from './prefix-difference.ts';
import { findSourceDifference, type SourceDifference } from './source-difference.ts';

/** How the database settings of a migration and its service differ. */
export type DatabaseDifference =
  | AddressDifference
  | SourceDifference
  | ImportDifference
  | MissingImport
  /** One of the two gets a part of its settings under a prefix. */
  | ({ readonly kind: 'prefix'; readonly side: 'job' | 'service' } & PrefixedSettings)
  /** The service has settings for which the migration has no equivalent. */
  | { readonly kind: 'missing'; readonly variables: readonly Variable[] };

/**
 * Finds the first difference that matters between the environments of a migration's and a service's container. Sources are
 * compared only if the values are not in the tree.
 * @param isAlone the migration's container is alone in its pod, so no proxy beside it answers on `localhost`
 */
export function compareDatabaseSettings(
  jobEnvironment: Environment,
  serviceEnvironment: Environment,
  isAlone = false,
): DatabaseDifference | undefined {
  const job = { ...jobEnvironment, settings: findDatabaseSettings(jobEnvironment) };
  const service = { ...serviceEnvironment, settings: findDatabaseSettings(serviceEnvironment) };
  const bySetting = compareAddresses(job, service, isAlone) ?? findSourceDifference(job, service) ?? 'same';
  if (bySetting !== 'same') return bySetting;
  return (
    findImportDifference(job, service) ??
    findMissingSettings(job, service) ??
    findMissingImport(job, service) ??
    findPrefixDifference(job, service)
  );
}

function findMissingSettings(job: DatabaseEnvironment, service: DatabaseEnvironment): DatabaseDifference | undefined {
  if (job.unknownImports.length > 0 || job.settings.some(({ role }) => role === 'url')) return undefined;
  const have = new Set(job.settings.map(({ role }) => role));
  const own = [...job.variables.values()];
  const needed = service.settings.filter(
    ({ role, variable }) => role !== 'port' && !have.has(role) && !own.some((other) => areSameKey(variable, other)),
  );
  if (needed.length === 0 || (have.size > 0 && needed.every(({ role }) => role === 'url'))) return undefined;
  return { kind: 'missing', variables: needed.map(({ variable }) => variable) };
}

/** Settings of one connection under different names, by the prefix of an `envFrom` entry. */
function findPrefixDifference(job: Environment, service: Environment): DatabaseDifference | undefined {
  const ofService = findPrefixedSettings(service, job);
  if (ofService) return { kind: 'prefix', side: 'service', ...ofService };
  const ofJob = findPrefixedSettings(job, service);
  return ofJob && { kind: 'prefix', side: 'job', ...ofJob };
}

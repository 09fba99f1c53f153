import { findConfigObject } from '../../../objects/config-object.ts';
import { isMadeForDatabase } from '../../../objects/operator-secret.ts';
import type { Container, Workload } from '../../../objects/workload.ts';
import { type Environment, readEnvironment } from '../../environment/environment.ts';
import { mayHaveHiddenSettings } from '../../environment/hidden-settings.ts';
import { findMissingSources } from '../../environment/missing-source.ts';
import { type Migration, migratingContainer } from '../../migrations/migration.ts';
import { dependentsOf } from '../../releases/dependents.ts';
import type { Service } from '../../releases/release.ts';
import type { RootModel } from '../../root-model.ts';
import { type DatabaseSetting, findDatabaseSettings } from '../database-setting.ts';
import { compareDatabaseSettings, type DatabaseDifference } from './database-difference.ts';
import { sameImport } from './import-difference.ts';

/** A migration and a service with different database settings. */
export interface SettingsDifference {
  readonly difference: DatabaseDifference;
  /** The migration's container. */
  readonly container: Container;
  readonly service: Service;
  readonly serviceContainer: Container;
  /** Whether the migration might get the same settings from an import that is not in the tree. */
  readonly isUncertain: boolean;
}

/** Compares a migration with each service that depends on it, and returns the first difference. */
export function findSettingsDifference(model: RootModel, migration: Migration): SettingsDifference | undefined {
  const container = migratingContainer(migration);
  if (container === undefined || mayHaveHiddenSettings(container)) return undefined;
  // `env-source-missing` reports misspelt names.
  if (hasWrongName(model, migration.job, container)) return undefined;
  for (const service of dependentsOf(model.releases, migration)) {
    const found = compareService(model, migration, container, service);
    if (found && !(found.difference.kind === 'address' && isServedByAnother(model, migration, service))) return found;
  }
  return undefined;
}

function hasWrongName(model: RootModel, workload: Workload, container: Container): boolean {
  return findMissingSources(model, workload, [container]).some(({ isUncertain }) => !isUncertain);
}

/**
 * Whether the service uses the database of another Job. If each Job has its own, they may share only the server's
 * address.
 */
function isServedByAnother(model: RootModel, migration: Migration, service: Service): boolean {
  const own = service.dependsOn.find((dependency) => dependency.migration === migration);
  if (own?.how !== 'environment') return false;
  return service.dependsOn.some(({ migration: other }) => {
    const container = other === migration ? undefined : migratingContainer(other);
    if (container === undefined) return false;
    return compareService(model, other, container, service)?.difference.kind !== 'address';
  });
}

/** Whether nothing but the migration itself can listen on its `localhost`: no other container, and not the node. */
function isAlone({ job: { pod } }: Migration): boolean {
  return pod.containers.length === 1 && !pod.onHostNetwork && pod.initContainers.every(({ role }) => role === 'init');
}

/** Undefined if any container of the service uses the migration's database, or none uses a database. */
function compareService(
  model: RootModel,
  migration: Migration,
  container: Container,
  service: Service,
): SettingsDifference | undefined {
  const { workload } = service;
  const job = readEnvironment(container, migration.job, model.config);
  let first: SettingsDifference | undefined;
  for (const serviceContainer of workload.pod.containers) {
    if (hasWrongName(model, workload, serviceContainer)) return undefined;
    const environment = readEnvironment(serviceContainer, workload, model.config);
    if (findDatabaseSettings(environment).length === 0 && environment.unknownImports.length === 0) continue;
    const sure = compareDatabaseSettings(job, environment, isAlone(migration));
    const difference = sure ?? compareWithoutShared(model, job, environment);
    if (difference === undefined) return undefined;
    first ??= { difference, container, service, serviceContainer, isUncertain: sure === undefined };
  }
  return first;
}

/**
 * Compares without what both import, if the service takes its password from a Secret that an operator makes: nobody copies
 * that by hand into another Secret.
 */
function compareWithoutShared(
  { config }: RootModel,
  job: Environment,
  service: Environment,
): DatabaseDifference | undefined {
  const unknownImports = job.unknownImports.filter(
    (entry) => !service.unknownImports.some((other) => sameImport(entry, other)),
  );
  const isMade = ({ role, variable: { source } }: DatabaseSetting): boolean => {
    if ((role !== 'password' && role !== 'url') || source.kind !== 'object') return false;
    const found = findConfigObject(config, source.objectKind, source.object, service.namespace);
    return found !== undefined && isMadeForDatabase(found);
  };
  if (unknownImports.length === job.unknownImports.length || !findDatabaseSettings(service).some(isMade))
    return undefined;
  const difference = compareDatabaseSettings({ ...job, unknownImports }, service);
  return difference?.kind === 'missing' ? difference : undefined;
}

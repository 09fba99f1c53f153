import { type KubernetesObject, sameNamespace } from '../../objects/kubernetes-object.ts';
import { standbyServices } from '../../objects/operator-service.ts';
import { readEnvironment, type Variable } from '../environment/environment.ts';
import { type Migration, migratingContainer } from '../migrations/migration.ts';
import type { RootModel } from '../root-model.ts';
import { databaseAddresses, findDatabaseSettings, holderOf } from './database-setting.ts';
import { readServiceHosts } from './service-host.ts';

/** A setting of a migration that leads to standbys of its database, which take no writes. */
export interface ReadOnlyHost {
  readonly migration: Migration;
  /** The variable that holds the host. */
  readonly variable: Variable;
  readonly host: string;
  /** The database of the build whose operator makes the Service; undefined for an endpoint outside the cluster. */
  readonly database?: KubernetesObject;
  /** The host of the primary, if it is known. */
  readonly primary?: string;
}

/** Finds the first such setting of each migration. */
export function findReadOnlyHosts(model: RootModel): ReadOnlyHost[] {
  return model.migrations.flatMap((migration) => findReadOnlyHost(model, migration) ?? []);
}

function findReadOnlyHost(model: RootModel, migration: Migration): ReadOnlyHost | undefined {
  const container = migratingContainer(migration);
  if (container === undefined) return undefined;
  const namespace = migration.job.object.namespace.value;
  const environment = readEnvironment(container, migration.job, model.config);
  for (const { host, from } of databaseAddresses(findDatabaseSettings(environment))) {
    if (host === undefined) continue;
    const standby = isReaderEndpoint(host) ? {} : findStandby(model, host, namespace);
    if (standby !== undefined) return { migration, variable: holderOf(host, from, environment), host, ...standby };
  }
  return undefined;
}

/** The reader endpoint of an Aurora cluster. */
function isReaderEndpoint(host: string): boolean {
  return /\.cluster-ro-\w+\.[\w-]+\.rds\.amazonaws\.com(\.cn)?$/i.test(host);
}

function findStandby(
  { listed }: RootModel,
  host: string,
  namespace: string | undefined,
): Pick<ReadOnlyHost, 'database' | 'primary'> | undefined {
  for (const { service, namespace: where } of readServiceHosts(host, namespace)) {
    const isThere = (object: KubernetesObject): boolean => sameNamespace(object.namespace.value, where);
    // A Service of the build's own may have any name.
    if (listed.some((object) => object.kind === 'Service' && object.name.value === service && isThere(object)))
      continue;
    for (const database of listed.filter(isThere)) {
      const services = standbyServices(database);
      if (services?.standby === service) return { database, primary: services.primary };
    }
  }
  return undefined;
}

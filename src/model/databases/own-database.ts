import type { ConfigObject } from '../objects/config-object.ts';
import { isSymbolic } from '../objects/symbolic.ts';
import type { Workload } from '../objects/workload.ts';
import type { Dependency, Service } from '../release.ts';
import { databaseAddresses, findDatabaseSettings } from './database-setting.ts';
import { readEnvironment } from './environment.ts';

/**
 * Drops services that share no more than a Secret or a server with a migration: they name another database, while
 * another service uses that of the migration.
 */
export function withoutOwnDatabases(services: readonly Service[], config: readonly ConfigObject[]): Service[] {
  const compare = ({ workload }: Service, { migration }: Dependency): 'same' | 'another' | undefined => {
    const [own, migrated] = [databaseNames(workload, config), databaseNames(migration.job, config)];
    if (own === undefined || migrated === undefined) return undefined;
    return own.some((name) => migrated.includes(name)) ? 'same' : 'another';
  };
  const isShared = ({ how }: Dependency): boolean => how === 'environment';
  const used = new Set(
    services.flatMap((service) =>
      service.dependsOn
        .filter((dependency) => compare(service, dependency) === 'same')
        .map(({ migration }) => migration),
    ),
  );
  if (used.size === 0) return [...services];
  return services.flatMap((service) => {
    const dependsOn = service.dependsOn.filter(
      (each) => !isShared(each) || !used.has(each.migration) || compare(service, each) !== 'another',
    );
    return dependsOn.length === 0 ? [] : [{ ...service, dependsOn }];
  });
}

/** The names of all databases that a workload uses; undefined if it uses none, or one of them is not known. */
function databaseNames({ pod, object }: Workload, config: readonly ConfigObject[]): string[] | undefined {
  const addresses = pod.containers.flatMap((container) =>
    databaseAddresses(findDatabaseSettings(readEnvironment(container, config, object.namespace.value))),
  );
  const names = addresses.flatMap(({ database }) =>
    database === undefined || isSymbolic(database) || database.includes('$(') ? [] : [database],
  );
  return names.length === 0 || names.length < addresses.length ? undefined : names;
}

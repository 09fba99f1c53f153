import { oncePer } from '../../collections/once.ts';
import type { ConfigObject } from '../../objects/config-object.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import type { Workload } from '../../objects/workload.ts';
import type { Dependency } from '../releases/dependency.ts';
import type { Service } from '../releases/release.ts';
import { addressesOf } from './database-setting.ts';

/**
 * Drops services that share no more than a Secret or a server with a migration: they name another database, while
 * another service uses that of the migration.
 */
export function withoutOwnDatabases(services: readonly Service[], config: readonly ConfigObject[]): readonly Service[] {
  if (services.length < 2) return services;
  const namesOf = oncePer((workload: Workload) => databaseNames(workload, config));
  const compare = ({ workload }: Service, { migration }: Dependency): 'same' | 'another' | undefined => {
    const [own, migrated] = [namesOf(workload), namesOf(migration.job)];
    if (own === undefined || migrated === undefined) return undefined;
    return own.some((name) => migrated.includes(name)) ? 'same' : 'another';
  };
  const used = new Set(
    services.flatMap((service) =>
      service.dependsOn
        .filter((dependency) => compare(service, dependency) === 'same')
        .map(({ migration }) => migration),
    ),
  );
  if (used.size === 0) return services;
  const isForeign = (service: Service, dependency: Dependency): boolean =>
    dependency.how === 'environment' && used.has(dependency.migration) && compare(service, dependency) === 'another';
  return services.flatMap((service) => {
    const dependsOn = service.dependsOn.filter((dependency) => !isForeign(service, dependency));
    return dependsOn.length === 0 ? [] : [{ ...service, dependsOn }];
  });
}

/** The names of all databases that a workload uses; undefined if it uses none, or one of them is not known. */
function databaseNames(workload: Workload, config: readonly ConfigObject[]): string[] | undefined {
  const addresses = addressesOf(workload, config);
  const names = addresses.flatMap(({ database }) =>
    database === undefined || isSymbolic(database) || database.includes('$(') ? [] : [database],
  );
  return names.length === 0 || names.length < addresses.length ? undefined : names;
}

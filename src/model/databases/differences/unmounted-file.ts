import type { Present } from '../../../objects/view.ts';
import type { Container } from '../../../objects/workload.ts';
import { trimEnd } from '../../../text/trim-end.ts';
import { readEnvironment, type Variable } from '../../environment/environment.ts';
import { type Migration, migratingContainer } from '../../migrations/migration.ts';
import type { Service } from '../../releases/release.ts';
import type { RootModel } from '../../root-model.ts';
import { findDatabaseSettings } from '../database-setting.ts';

/** A database setting of a migration that names a file which its service mounts, and the migration does not. */
export interface UnmountedFile {
  /** The migration's container. */
  readonly container: Container;
  /** The setting; its value may come from a Secret. */
  readonly variable: Variable;
  /** Where the service's container mounts the file. */
  readonly mount: Present<string>;
  readonly service: Service;
}

/** The settings of TLS that are not part of an address. */
const tlsSetting = /SSL_?MODE|SSL_?(ROOT_?)?(CERT|KEY|CA)|^(PG|DB|DATABASE|MYSQL|POSTGRES)\w*_(CA|CERT|KEY)(_|$)/;

/** Finds the first such file of a migration and one of its services. */
export function findUnmountedFile(
  { config }: RootModel,
  migration: Migration,
  service: Service,
): UnmountedFile | undefined {
  const container = migratingContainer(migration);
  if (container === undefined) return undefined;
  const environment = readEnvironment(container, migration.job, config);
  const ofDatabase = new Set(findDatabaseSettings(environment).map(({ variable }) => variable));
  const settings = [...environment.variables.values()].filter(
    (variable) => ofDatabase.has(variable) || tlsSetting.test(variable.name),
  );
  for (const mount of service.workload.pod.containers.flatMap(({ configPaths }) => configPaths)) {
    if (container.mountPaths.some(({ value }) => covers(value, mount.value))) continue;
    const variable = settings.find(({ value = '' }) => pathsIn(value).some((path) => covers(mount.value, path)));
    if (variable !== undefined) return { container, variable, mount, service };
  }
  return undefined;
}

/** The absolute paths in a value: the whole value, or one after `=` or `:` as in `?sslrootcert=/etc/ca.pem`. */
function pathsIn(value: string): string[] {
  return [...value.matchAll(/(?:^|[=:])((?:\/[\w.-]+)+)/g)].flatMap(([, path]) => path ?? []);
}

/** Whether a path is a folder or something in it. */
function covers(folder: string, path: string): boolean {
  const top = trimEnd(folder, '/');
  return path === top || path.startsWith(`${top}/`);
}

import { argvOf } from '../../objects/argv.ts';
import { imageOf } from '../../objects/image.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import { baseName } from '../../text/base-name.ts';
import { serverPrograms } from './database-programs.ts';

/** Whether a workload is the database itself, or a tool beside it: these share its settings and wait for no migration. */
export function servesDatabase(workload: Workload): boolean {
  return isDatabase(workload) || workload.pod.containers.some((container) => runsImage(container, besideDatabase));
}

/** Whether a workload is a database that has a schema. */
export function isDatabase({ pod }: Workload): boolean {
  return pod.containers.some(
    (container) =>
      runsImage(container, databaseImage) ||
      startsServer(container) ||
      container.env.some(({ name }) => serverVariable.test(name)),
  );
}

function runsImage(container: Container, pattern: RegExp): boolean {
  return pattern.test(imageOf(container).repository);
}

const databaseImage =
  /(^|\/)(postgres(ql)?(-repmgr)?|postgis|pgvector|timescaledb[\w-]*|mysql(-server)?|mariadb(-galera)?|percona[\w-]*|mongo(db)?|mssql(\/(rhel\/)?server|[\w-]*)|oracle-(free|xe)|cockroach(db)?|clickhouse[\w-]*)$/;

const besideDatabase = /(^|\/)(redis|valkey|pgbouncer|pgadmin4?|adminer|phpmyadmin|(postgres|mysqld)-exporter)$/;

/**
 * Variables that initialise a database in images built from the official ones; programs that use the database have none
 * of them.
 */
const serverVariable = /^(PGDATA|POSTGRES_(INITDB_ARGS|HOST_AUTH_METHOD)|MONGO_INITDB_ROOT_(USERNAME|PASSWORD))$/;

/** The official images take the server's own name as the first argument. */
function startsServer(container: Container): boolean {
  const [program] = argvOf(container);
  return serverPrograms.has(baseName(program?.value ?? ''));
}

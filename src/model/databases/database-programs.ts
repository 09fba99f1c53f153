/** A kind of database: the programs that come with it, and where it listens. */
interface DatabaseKind {
  /** Programs that run statements. */
  readonly clients: readonly string[];
  /** Programs that only ask whether the server answers. */
  readonly probes?: readonly string[];
  /** Whether clients and probes are told the server with `-h` or `--host`. */
  readonly takesHost?: true;
  /** Programs that write the content to a file. */
  readonly dumps?: readonly string[];
  /** The server itself. */
  readonly server?: string;
  /** The port that the server listens on unless it is told otherwise. */
  readonly port?: string;
  /** Docker Hub's image with these programs. */
  readonly image?: string;
}

const kinds: readonly DatabaseKind[] = [
  {
    clients: ['psql'],
    probes: ['pg_isready'],
    takesHost: true,
    dumps: ['pg_dump', 'pg_dumpall', 'pg_basebackup'],
    server: 'postgres',
    port: '5432',
    image: 'postgres',
  },
  {
    clients: ['mysql'],
    probes: ['mysqladmin'],
    takesHost: true,
    dumps: ['mysqldump'],
    server: 'mysqld',
    port: '3306',
    image: 'mysql',
  },
  {
    clients: ['mariadb'],
    probes: ['mariadb-admin'],
    takesHost: true,
    dumps: ['mariadb-dump'],
    server: 'mariadbd',
    port: '3306',
    image: 'mariadb',
  },
  { clients: ['mongosh', 'mongo'], dumps: ['mongodump'], server: 'mongod', port: '27017', image: 'mongo' },
  { clients: ['sqlcmd'], port: '1433' },
  { clients: ['sqlplus'], port: '1521' },
  { clients: [], port: '26257' },
  { clients: ['sqlite3'] },
  { clients: ['cqlsh'] },
  { clients: ['clickhouse-client', 'clickhouse'] },
];

/** The clients of databases. */
export const clientPrograms: ReadonlySet<string> = new Set(kinds.flatMap(({ clients }) => clients));

/** The programs that do nothing but ask whether a database answers. */
export const probePrograms: readonly string[] = kinds.flatMap(({ probes = [] }) => probes);

/** The clients and probes that are told the server with `-h` or `--host`. */
export const hostPrograms: ReadonlySet<string> = new Set(
  kinds.flatMap(({ clients, probes = [], takesHost }) => (takesHost ? [...clients, ...probes] : [])),
);

/** The programs that write the content of a database to a file. */
export const dumpPrograms: ReadonlySet<string> = new Set(kinds.flatMap(({ dumps = [] }) => dumps));

/** The servers of databases. */
export const serverPrograms: ReadonlySet<string> = new Set(kinds.flatMap(({ server }) => server ?? []));

/** The ports that databases listen on unless they are told otherwise. */
export const databasePorts: ReadonlySet<string> = new Set(kinds.flatMap(({ port }) => port ?? []));

/** Docker Hub's image with a client or probe of a database; undefined for another program. */
export function imageWith(program: string): string | undefined {
  return kinds.find(({ clients, probes = [] }) => [...clients, ...probes].includes(program))?.image;
}

import { oncePer, oncePerText } from '../../collections/once.ts';
import type { ConfigObject } from '../../objects/config-object.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import { type Environment, readEnvironment, type Variable } from '../environment/environment.ts';

/** The part of a database connection that a variable sets. */
export type DatabaseRole = 'url' | 'host' | 'name' | 'port' | 'user' | 'password';

/** A variable that says where a database is or how to get in. */
export interface DatabaseSetting {
  readonly role: DatabaseRole;
  /** What the settings of one connection share: `DB` of `DB_HOST`. */
  readonly group: string;
  readonly variable: Variable;
}

/** A container's environment with the database settings in it. */
export interface DatabaseEnvironment extends Environment {
  readonly settings: readonly DatabaseSetting[];
}

/** The address of a database; parts that are not in the tree are undefined. */
export interface DatabaseAddress {
  readonly host: string | undefined;
  readonly database: string | undefined;
  /** The variable with the host, or else with the name. */
  readonly from: Variable;
  /** The variable with the name; the same for a URL. */
  readonly nameFrom: Variable;
}

/** The database settings among a container's variables, recognised by their names or by a value that is a database URL. */
export const findDatabaseSettings = oncePer((environment: Environment): readonly DatabaseSetting[] =>
  [...environment.variables.values()].flatMap((variable) => {
    const named = classifyCached(variable.name);
    if (named !== undefined && !isSwitched.test(variable.value ?? '')) return { ...named, variable };
    const isUrl = variable.value !== undefined && isDatabaseUrl(variable.value) && !isSideDatabase(variable.name);
    return isUrl ? { role: 'url', group: variable.name, variable } : [];
  }),
);

/** The databases that settings lead to: one for each URL, and one for each group with a host or a name. */
export const databaseAddresses = oncePer((settings: readonly DatabaseSetting[]): readonly DatabaseAddress[] => {
  const addresses: DatabaseAddress[] = [];
  // The parts of a URL add nothing to the URL.
  const inUrl = new Set<string>();
  for (const { role, variable } of settings) {
    if (role !== 'url' || variable.value === undefined) continue;
    const address = parseDatabaseUrl(variable.value);
    if (address === undefined) continue;
    addresses.push({ ...address, from: variable, nameFrom: variable });
    for (const part of variable.parts) inUrl.add(part);
  }
  for (const group of new Set(settings.map((setting) => setting.group))) {
    const part = (role: DatabaseRole): Variable | undefined =>
      settings.find((setting) => setting.group === group && setting.role === role)?.variable;
    const [host, name] = [part('host'), part('name')];
    const from = host ?? name;
    if (from === undefined || inUrl.has(from.name) || (host?.value === undefined && name?.value === undefined))
      continue;
    addresses.push({ host: host?.value, database: name?.value, from, nameFrom: name ?? from });
  }
  return addresses;
});

/** The databases that containers of a workload use, by default its own containers. */
export function addressesOf(
  workload: Workload,
  config: readonly ConfigObject[],
  containers: readonly Container[] = workload.pod.containers,
): DatabaseAddress[] {
  return containers.flatMap((container) =>
    databaseAddresses(findDatabaseSettings(readEnvironment(container, workload, config))),
  );
}

/** The variable that holds the host: one that a URL is built from, or the URL itself. */
export function holderOf(host: string, from: Variable, { variables }: Environment): Variable {
  const parts = from.parts.flatMap((name) => variables.get(name) ?? []);
  return parts.find(({ value }) => value?.toLowerCase() === host.toLowerCase()) ?? from;
}

/** A value that no address, user or password has. */
const isSwitched = /^(true|false)$/i;

type NamedSetting = Pick<DatabaseSetting, 'role' | 'group'>;

/** The setting that a variable's name stands for; undefined if it has nothing to do with a database. */
export function classifyName(name: string): NamedSetting | undefined {
  const upper = name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
  if (isSideDatabase(upper) || switches.test(upper)) return undefined;
  if (/^CONNECTION_?STRINGS?(__|:)/.test(upper) || urlNames.test(upper)) return { role: 'url', group: upper };
  const { role, group = '' } = settingNames.exec(upper)?.groups ?? {};
  return role === undefined ? undefined : { role: roleOf(role), group };
}

/** {@link classifyName}, cached, since every overlay of a service has the same few names. */
const classifyCached = oncePerText(classifyName);

const urlNames =
  /^(DIRECT_URL|GOOSE_DBSTRING|LIQUIBASE_COMMAND_URL|FLYWAY_URL|JDBC_URL|DSN|(?=(\w+_)?(DATABASE|DB|POSTGRES(QL)?|PG|MYSQL|MARIADB|MSSQL|SQLALCHEMY|DATASOURCE|TYPEORM)_)\w+_(URL|URI|DSN|CONN|CONNECTION|CONNECTION_?STRING)(_UNPOOLED|_NON_POOLING|_DIRECT)?|DATABASEURL|DBURL)$/;

const settingNames =
  /^(?<group>(?:\w+_)?(?:DATABASE|DB|POSTGRES(?:QL)?|PG|MYSQL|MARIADB|MSSQL|SQL|DATASOURCE|TYPEORM))_*(?<role>HOST|HOSTNAME|SERVER|ADDR|ADDRESS|ENDPOINT|NAME|DATABASE|DBNAME|DB|PORT|USER|USERNAME|PASS|PASSWORD|PASSWD|PWD)$/;

function roleOf(word: string): DatabaseRole {
  if (/^(HOST|HOSTNAME|SERVER|ADDR|ADDRESS|ENDPOINT)$/.test(word)) return 'host';
  if (/^(NAME|DATABASE|DBNAME|DB)$/.test(word)) return 'name';
  if (word === 'PORT') return 'port';
  return word.startsWith('USER') ? 'user' : 'password';
}

/** A word of the name of a switch, such as `Postgres__UseDirectDatabaseUrl`, which holds no address. */
const switches = /(^|_)(USE|ENABLED?|DISABLED?|SKIP|ALLOW|REQUIRE)(_|$)/;

/** Replicas, shadow and test databases are meant to differ from the one that is migrated. */
const sideDatabases = new Set(
  'READ READER READONLY RO REPLICA SLAVE SHADOW TEST ANALYTICS REPORTING CACHE REDIS QUEUE'.split(' '),
);

function isSideDatabase(name: string): boolean {
  return name.split('_').some((word) => sideDatabases.has(word.toUpperCase()));
}

const databaseScheme =
  /^(jdbc:)?(postgres(ql)?|mysql2?|mysqlx|mariadb|sqlserver|mssql|cockroach(db)?|oracle|mongodb(\+srv)?|pgsql|pgx5?)(\+\w+)?:/i;

/** Whether a value is the URL of a database. */
export function isDatabaseUrl(value: string): boolean {
  return databaseScheme.test(value);
}

/** Reads host and database name from a URL, a JDBC URL, an ADO or libpq string, or Go's MySQL form. */
export function parseDatabaseUrl(
  value: string,
): { host: string | undefined; database: string | undefined } | undefined {
  const url = /^(?:jdbc:)?[a-z][\w+.-]*:(?:[\w:]*@)?\/\/(?:[^/?#]*@)?([^/?#;@]*)(?:\/([^?#;]*))?([\s\S]*)/i.exec(value);
  if (url) {
    const named = /[;?&](?:databaseName|database|dbname)=([^;&]+)/i.exec(url[3] ?? '')?.[1];
    return { host: bareHost(url[1]), database: named ?? (url[2] || undefined) };
  }
  const goMysql = /^[^@]*@\w+\(([^)]*)\)\/([^?]*)/.exec(value);
  if (goMysql) return { host: bareHost(goMysql[1]), database: goMysql[2] || undefined };
  const host = /(?:^|[;\s])(?:host|server|data source|addr)\s*=\s*([^;\s]+)/i.exec(value)?.[1];
  const database = /(?:^|[;\s])(?:database|dbname|initial catalog)\s*=\s*([^;\s]+)/i.exec(value)?.[1];
  return host === undefined && database === undefined ? undefined : { host: bareHost(host), database };
}

function bareHost(host: string | undefined): string | undefined {
  return (
    host
      ?.replace(/^tcp:/, '')
      .replace(/[:,]\d+$/, '')
      .toLowerCase() || undefined
  );
}

import type { EnvironmentImport } from '../objects/env-entry.ts';
import { isSymbolic } from '../objects/symbolic.ts';
import {
  type DatabaseAddress,
  type DatabaseSetting,
  databaseAddresses,
  findDatabaseSettings,
} from './database-setting.ts';
import type { Environment, Variable } from './environment.ts';

/** How a migration's database settings part from its service's. */
export type DatabaseDifference =
  /** Both values are in the tree and lead to different hosts or databases. */
  | { readonly kind: 'address'; readonly part: 'host' | 'database'; readonly job: Variable; readonly service: Variable }
  /** The same variable comes from elsewhere, and the values are not in the tree. */
  | { readonly kind: 'source'; readonly job: Variable; readonly service: Variable }
  /** The service has settings that the migration has nothing in place of. */
  | { readonly kind: 'missing'; readonly variables: readonly Variable[] }
  /** The migration takes everything of an object that the tree does not hold, where the service takes another. */
  | { readonly kind: 'import'; readonly job: EnvironmentImport; readonly service: Variable | EnvironmentImport }
  /** The service takes objects that the tree does not hold, the migration takes none of them. */
  | { readonly kind: 'missing import'; readonly imports: readonly EnvironmentImport[] };

/**
 * Compares the environments of a migration's container and a service's container; the first difference that counts. Of a container
 * that is alone in its pod it is known that no proxy beside it answers for `localhost`.
 */
export function compareDatabaseSettings(
  job: Environment,
  service: Environment,
  isAlone = false,
): DatabaseDifference | undefined {
  const [jobSettings, serviceSettings] = [findDatabaseSettings(job), findDatabaseSettings(service)];
  const jobAddresses = addressesOf(jobSettings, isOfTool);
  const serviceAddresses = addressesOf(serviceSettings, (setting) => !isOfTool(setting));
  const compared = jobAddresses.length > 0 && serviceAddresses.length > 0;
  if (compared) {
    const isSame = isAlone ? sameHostFromAlone : sameHost;
    const isSameHost: typeof sameHost = (own, other) =>
      isSame(inCluster(own, job.namespace, other), inCluster(other, service.namespace, own));
    const difference = addressDifference(jobAddresses, serviceAddresses, isSameHost);
    if (difference) return difference;
  } else {
    const difference = sourceDifference(jobSettings, serviceSettings);
    if (difference) return difference;
  }
  return (
    importDifference(job, service, serviceSettings) ??
    missingSettings(job, jobSettings, serviceSettings) ??
    missingImports(job, jobSettings, service, serviceSettings)
  );
}

/** Where the settings that count lead to; those of all, where these tell nothing. */
function addressesOf(
  settings: readonly DatabaseSetting[],
  counts: (setting: DatabaseSetting) => boolean,
): DatabaseAddress[] {
  const addresses = databaseAddresses(settings.filter(counts));
  return addresses.length > 0 ? addresses : databaseAddresses(settings);
}

/** Of variables that Job and service share, these are for the migration alone: no service reads them. */
function isOfTool({ variable }: DatabaseSetting): boolean {
  return /^(FLYWAY_URL|LIQUIBASE_COMMAND_URL|GOOSE_DBSTRING)$/.test(variable.name);
}

/** Undefined where any of the migration's databases may be any of the service's. */
function addressDifference(
  job: readonly DatabaseAddress[],
  service: readonly DatabaseAddress[],
  isSameHost: typeof sameHost,
): DatabaseDifference | undefined {
  let first: DatabaseDifference | undefined;
  for (const jobAddress of job) {
    for (const serviceAddress of service) {
      const difference = compareAddresses(jobAddress, serviceAddress, isSameHost);
      if (difference === undefined) return undefined;
      const sameName = jobAddress.from.name === serviceAddress.from.name;
      if (first === undefined || sameName) first = difference;
    }
  }
  return first;
}

function compareAddresses(
  job: DatabaseAddress,
  service: DatabaseAddress,
  isSameHost: typeof sameHost,
): DatabaseDifference | undefined {
  if (differ(job.host, service.host, isSameHost)) {
    return { kind: 'address', part: 'host', job: job.from, service: service.from };
  }
  if (differ(job.database, service.database, (a, b) => a === b)) {
    return { kind: 'address', part: 'database', job: job.nameFrom, service: service.nameFrom };
  }
  return undefined;
}

/** Whether two values are known to differ: one that holds a variable may still become the other. */
function differ(a: string | undefined, b: string | undefined, same: (a: string, b: string) => boolean): boolean {
  if (a === undefined || b === undefined || a === b) return false;
  const open = [a, b].some((value) => isSymbolic(value) || value.includes('$('));
  return !open && !same(a, b);
}

/** A pooler in front, a proxy beside, or a longer name inside the cluster may be the same server. */
function sameHost(a: string, b: string): boolean {
  if ([a, b].some((host) => /pool|bouncer|proxy|localhost|^127\.|(^|-)(rw|direct|primary)\b|^\//.test(host)))
    return true;
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** The name and namespace of a cluster's Service; a short name beside such a one is in the pod's own namespace. */
function inCluster(host: string, namespace: string | undefined, beside: string): string {
  const own = clusterName(host);
  if (own !== undefined) return own;
  const isShort = namespace !== undefined && !host.includes('.') && clusterName(beside) !== undefined;
  return isShort ? `${host}.${namespace}.svc` : host;
}

function clusterName(host: string): string | undefined {
  return /^([\w-]+\.[\w-]+\.svc)(\.cluster\.local)?\.?$/.exec(host)?.[1];
}

/** Nothing in the pod but the migration itself would answer there. */
function sameHostFromAlone(job: string, service: string): boolean {
  const isLoopback = (host: string): boolean => /^(localhost|127\.|\[?::1)/.test(host);
  return isLoopback(job) ? isLoopback(service) : sameHost(job, service);
}

function sourceDifference(
  job: readonly DatabaseSetting[],
  service: readonly DatabaseSetting[],
): DatabaseDifference | undefined {
  for (const { role, variable } of job) {
    if (role !== 'url' && role !== 'host' && role !== 'name') continue;
    const other = (service.find((setting) => setting.variable.name === variable.name) ?? sameKey(variable, service))
      ?.variable;
    if (other === undefined || sameSource(variable, other) || hasOwnRole(variable)) continue;
    if (variable.value !== undefined && variable.value === other.value) continue;
    if (variable.source.kind === 'other' || other.source.kind === 'other') continue;
    return { kind: 'source', job: variable, service: other };
  }
  return undefined;
}

/** A tool may have a name of its own for what comes from the same key: `FLYWAY_URL`. */
function sameKey({ name, source }: Variable, service: readonly DatabaseSetting[]): DatabaseSetting | undefined {
  if (source.kind !== 'object' || ownRoleName.test(name)) return undefined;
  const alike = service.filter(({ variable }) => {
    const other = variable.source;
    return other.kind === 'object' && other.objectKind === source.objectKind && other.key === source.key;
  });
  return alike.length === 1 ? alike[0] : undefined;
}

/** One object that holds both values was made for both: its keys may be two roles in the same database. */
function sameSource(a: Variable, b: Variable): boolean {
  if (a.source.kind !== 'object' || b.source.kind !== 'object')
    return a.source.kind === b.source.kind && a.value === b.value;
  return a.source.objectKind === b.source.objectKind && a.source.object === b.source.object;
}

/** Migrations often have a role, or a direct URL, of their own to the same database: the names say so. */
function hasOwnRole(variable: Variable): boolean {
  const { source } = variable;
  return source.kind === 'object' && ownRoleName.test(`${source.object} ${source.key}`);
}

const ownRoleName = /migrat|owner|admin|superuser|root|ddl|direct|unpooled|non.?pool|primary|privileged/i;

function importDifference(
  job: Environment,
  service: Environment,
  serviceSettings: readonly DatabaseSetting[],
): DatabaseDifference | undefined {
  const shared = (entry: EnvironmentImport): boolean =>
    service.unknownImports.some((other) => sameImport(entry, other));
  for (const entry of job.unknownImports) {
    if (shared(entry) || ownRoleName.test(entry.object.value ?? '')) continue;
    const instead = serviceSettings.find(
      ({ variable }) => comesFromAnother(variable, entry) && job.variables.get(variable.name) === undefined,
    );
    if (instead) return { kind: 'import', job: entry, service: instead.variable };
    const other = service.unknownImports.find(
      (candidate) =>
        candidate.objectKind === entry.objectKind && !job.unknownImports.some((own) => sameImport(own, candidate)),
    );
    if (other && !job.unknownImports.some(shared) && serviceSettings.length === 0) {
      return { kind: 'import', job: entry, service: other };
    }
  }
  return undefined;
}

/** From another object of the same kind. */
function comesFromAnother({ source }: Variable, { objectKind, object }: EnvironmentImport): boolean {
  return source.kind === 'object' && source.objectKind === objectKind && source.object !== object.value;
}

function missingSettings(
  job: Environment,
  jobSettings: readonly DatabaseSetting[],
  serviceSettings: readonly DatabaseSetting[],
): DatabaseDifference | undefined {
  if (job.unknownImports.length > 0 || jobSettings.some(({ role }) => role === 'url')) return undefined;
  const have = new Set(jobSettings.map(({ role }) => role));
  const own = [...job.variables.values()];
  const needed = serviceSettings.filter(
    ({ role, variable }) => role !== 'port' && !have.has(role) && !own.some((other) => sameKeyOf(variable, other)),
  );
  if (needed.length === 0 || (have.size > 0 && needed.every(({ role }) => role === 'url'))) return undefined;
  return { kind: 'missing', variables: needed.map(({ variable }) => variable) };
}

/** Whether two variables are the same key of the same object, under whatever names. */
function sameKeyOf({ source: a }: Variable, { source: b }: Variable): boolean {
  if (a.kind !== 'object' || b.kind !== 'object') return false;
  return a.objectKind === b.objectKind && a.object === b.object && a.key === b.key;
}

function missingImports(
  job: Environment,
  jobSettings: readonly DatabaseSetting[],
  service: Environment,
  serviceSettings: readonly DatabaseSetting[],
): DatabaseDifference | undefined {
  const missing = service.unknownImports.filter((entry) => !job.unknownImports.some((own) => sameImport(own, entry)));
  if (missing.length === 0 || serviceSettings.some(({ role }) => role === 'url' || role === 'password'))
    return undefined;
  const hasAccess = jobSettings.some(({ role }) => role === 'url' || role === 'password');
  const hasSecret = job.unknownImports.some(({ objectKind }) => objectKind === 'Secret');
  const secrets = missing.filter(({ objectKind }) => objectKind === 'Secret');
  return hasAccess || hasSecret || secrets.length === 0 ? undefined : { kind: 'missing import', imports: secrets };
}

function sameImport(a: EnvironmentImport, b: EnvironmentImport): boolean {
  return a.objectKind === b.objectKind && a.object.value === b.object.value;
}

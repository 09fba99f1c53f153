import { editDistance } from '../../edit-distance.ts';
import type { EnvironmentImport } from '../../objects/env-entry.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import type { Environment, Variable } from '../environment/environment.ts';
import {
  classifyName,
  type DatabaseAddress,
  type DatabaseSetting,
  databaseAddresses,
  findDatabaseSettings,
} from './database-setting.ts';
import { findPrefixedSettings, type PrefixedSettings } from './prefix-difference.ts';

/** How the database settings of a migration and its service differ. */
export type DatabaseDifference =
  /** Both values are in the tree and lead to different hosts or databases. */
  | { readonly kind: 'address'; readonly part: 'host' | 'database'; readonly job: Variable; readonly service: Variable }
  /** The same variable comes from different sources, and the values are not in the tree. */
  | { readonly kind: 'source'; readonly job: Variable; readonly service: Variable }
  /** The same variable comes from keys that differ by a letter, and the object is not in the tree. */
  | { readonly kind: 'key'; readonly job: Variable; readonly service: Variable }
  /** One of the two gets a part of its settings under a prefix. */
  | ({ readonly kind: 'prefix'; readonly side: 'job' | 'service' } & PrefixedSettings)
  /** The service has settings for which the migration has no equivalent. */
  | { readonly kind: 'missing'; readonly variables: readonly Variable[] }
  /** The migration imports an object that is not in the tree, and the service another one. */
  | { readonly kind: 'import'; readonly job: EnvironmentImport; readonly service: Variable | EnvironmentImport }
  /** The service imports an object that is not in the tree, and the migration another one that is. */
  | { readonly kind: 'service import'; readonly job: Variable; readonly service: EnvironmentImport }
  /** The service imports objects that are not in the tree, and the migration none of them. */
  | { readonly kind: 'missing import'; readonly imports: readonly EnvironmentImport[] };

/**
 * Finds the first difference that matters between the environments of a migration's and a service's container.
 * @param isAlone the migration's container is alone in its pod, so no proxy beside it answers on `localhost`
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
    if (difference) return narrowToPart(difference, job, service);
  } else {
    const difference =
      sourceDifference({ job, service }, jobSettings, serviceSettings) ?? keyDifference(jobSettings, service);
    if (difference) return difference;
  }
  return (
    importDifference(job, service, serviceSettings) ??
    serviceImportDifference(job, jobSettings, service, serviceSettings) ??
    missingSettings(job, jobSettings, serviceSettings) ??
    missingImports(job, jobSettings, service, serviceSettings) ??
    prefixDifference(job, service)
  );
}

/** The addresses in the settings that count; in all settings if those have none. */
function addressesOf(
  settings: readonly DatabaseSetting[],
  counts: (setting: DatabaseSetting) => boolean,
): DatabaseAddress[] {
  const addresses = databaseAddresses(settings.filter(counts));
  return addresses.length > 0 ? addresses : databaseAddresses(settings);
}

/** Whether only the migration reads a variable, even if Job and service share it. */
function isOfTool({ variable }: DatabaseSetting): boolean {
  return /^(FLYWAY_URL|LIQUIBASE_COMMAND_URL|GOOSE_DBSTRING)$/.test(variable.name);
}

/** Undefined if any of the migration's databases may be one of the service's. */
function addressDifference(
  job: readonly DatabaseAddress[],
  service: readonly DatabaseAddress[],
  isSameHost: typeof sameHost,
): AddressDifference | undefined {
  let first: AddressDifference | undefined;
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

type AddressDifference = Extract<DatabaseDifference, { kind: 'address' }>;

/** Replaces URLs that are built from other variables by those that differ: `DB_HOST` of `postgres://$(DB_HOST)/shop`. */
function narrowToPart(difference: AddressDifference, job: Environment, service: Environment): AddressDifference {
  const own = partOf(difference.job, difference.part, job);
  const other = partOf(difference.service, difference.part, service);
  if (own === undefined || other === undefined || own.value === other.value) return difference;
  return { ...difference, job: own, service: other };
}

/** The variable that fills a part of a URL; the variable itself if it is not built from others. */
function partOf(variable: Variable, part: 'host' | 'database', { variables }: Environment): Variable | undefined {
  if (variable.parts.length === 0) return variable;
  const role = part === 'host' ? 'host' : 'name';
  return variable.parts
    .flatMap((name) => variables.get(name) ?? [])
    .find(({ name }) => classifyName(name)?.role === role);
}

function compareAddresses(
  job: DatabaseAddress,
  service: DatabaseAddress,
  isSameHost: typeof sameHost,
): AddressDifference | undefined {
  if (differ(job.host, service.host, isSameHost)) {
    return { kind: 'address', part: 'host', job: job.from, service: service.from };
  }
  if (differ(job.database, service.database, (a, b) => a === b)) {
    return { kind: 'address', part: 'database', job: job.nameFrom, service: service.nameFrom };
  }
  return undefined;
}

/** Whether two values are known to differ. One with a variable in it may still become the other. */
function differ(a: string | undefined, b: string | undefined, same: (a: string, b: string) => boolean): boolean {
  if (a === undefined || b === undefined || a === b) return false;
  const open = [a, b].some((value) => isSymbolic(value) || value.includes('$('));
  return !open && !same(a, b);
}

/** Whether two hosts may be the same server: a pooler, a proxy, or a longer name inside the cluster. */
function sameHost(a: string, b: string): boolean {
  if ([a, b].some((host) => /pool|bouncer|proxy|localhost|^127\.|(^|-)(rw|direct|primary)\b|^\//.test(host)))
    return true;
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** The name and namespace of a cluster's Service. A short name compared with one is in the pod's own namespace. */
function inCluster(host: string, namespace: string | undefined, beside: string): string {
  const own = clusterName(host);
  if (own !== undefined) return own;
  const isShort = namespace !== undefined && !host.includes('.') && clusterName(beside) !== undefined;
  return isShort ? `${host}.${namespace}.svc` : host;
}

function clusterName(host: string): string | undefined {
  return /^([\w-]+\.[\w-]+\.svc)(\.cluster\.local)?\.?$/.exec(host)?.[1];
}

/** As {@link sameHost}, if nothing but the migration itself could answer on the pod's `localhost`. */
function sameHostFromAlone(job: string, service: string): boolean {
  const isLoopback = (host: string): boolean => /^(localhost|127\.|\[?::1)/.test(host);
  return isLoopback(job) ? isLoopback(service) : sameHost(job, service);
}

function sourceDifference(
  environments: { readonly job: Environment; readonly service: Environment },
  job: readonly DatabaseSetting[],
  service: readonly DatabaseSetting[],
): DatabaseDifference | undefined {
  for (const { role, variable } of job) {
    if (role !== 'url' && role !== 'host' && role !== 'name') continue;
    const other = (service.find((setting) => setting.variable.name === variable.name) ?? sameKey(variable, service))
      ?.variable;
    if (other === undefined || hasOwnRole(variable)) continue;
    const theirs = partsOf(other, environments.service);
    if (partsOf(variable, environments.job).some((part) => theirs.some((each) => sameSource(part, each)))) continue;
    if (variable.value !== undefined && variable.value === other.value) continue;
    if (variable.source.kind === 'other' || other.source.kind === 'other') continue;
    return { kind: 'source', job: variable, service: other };
  }
  return undefined;
}

/** Keys of an object outside the tree that were most likely meant to be the same: `url` and `uri`. */
function keyDifference(job: readonly DatabaseSetting[], { variables }: Environment): DatabaseDifference | undefined {
  for (const { variable } of job) {
    const other = variables.get(variable.name);
    if (other === undefined || variable.setting || other.setting || !sameSource(variable, other)) continue;
    const [a, b] = [variable.source, other.source];
    if (a.kind === 'object' && b.kind === 'object' && isSlipOfKey(a.key, b.key)) {
      return { kind: 'key', job: variable, service: other };
    }
  }
  return undefined;
}

/** Whether two keys differ by one letter, in a word that is more than an abbreviation such as `rw`. */
function isSlipOfKey(a: string, b: string): boolean {
  if (/\d/.test(a + b) || editDistance(a, b) !== 1) return false;
  const [words, others] = [a, b].map((key) => key.split(/[^A-Za-z]+/));
  if (words === undefined || others === undefined || words.length !== others.length) return true;
  return words.every((word, index) => word === others[index] || word.length > 2);
}

/** Settings of one connection under different names, by the prefix of an `envFrom` entry. */
function prefixDifference(job: Environment, service: Environment): DatabaseDifference | undefined {
  const ofService = findPrefixedSettings(service, job);
  if (ofService) return { kind: 'prefix', side: 'service', ...ofService };
  const ofJob = findPrefixedSettings(job, service);
  return ofJob && { kind: 'prefix', side: 'job', ...ofJob };
}

/** A variable, and the URLs that its value is built from: `$(DATABASE_URL)&schema=shop`. */
function partsOf(variable: Variable, { variables }: Environment): Variable[] {
  const urls = variable.parts.filter((name) => classifyName(name)?.role === 'url');
  return [variable, ...urls.flatMap((name) => variables.get(name) ?? [])];
}

/** The only setting that comes from the same key: a tool may have its own name for it, such as `FLYWAY_URL`. */
function sameKey({ name, source }: Variable, service: readonly DatabaseSetting[]): DatabaseSetting | undefined {
  if (source.kind !== 'object' || ownRoleName.test(name)) return undefined;
  const alike = service.filter(({ variable }) => {
    const other = variable.source;
    return other.kind === 'object' && other.objectKind === source.objectKind && other.key === source.key;
  });
  return alike.length === 1 ? alike[0] : undefined;
}

/** Whether two variables come from the same object. Two of its keys may be two roles in the same database. */
function sameSource(a: Variable, b: Variable): boolean {
  if (a.source.kind !== 'object' || b.source.kind !== 'object')
    return a.source.kind === b.source.kind && a.value === b.value;
  return a.source.objectKind === b.source.objectKind && a.source.object === b.source.object;
}

/** Whether the names say that the migration has its own role, or a direct URL, for the same database. */
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

/** The service has nothing that the tree knows, and takes its settings from an object that the migration does not use. */
function serviceImportDifference(
  job: Environment,
  jobSettings: readonly DatabaseSetting[],
  service: Environment,
  serviceSettings: readonly DatabaseSetting[],
): DatabaseDifference | undefined {
  const [entry, ...others] = service.unknownImports;
  if (entry === undefined || others.length > 0 || serviceSettings.length > 0 || job.unknownImports.length > 0)
    return undefined;
  const own = jobSettings.find(({ variable }) => comesFromAnother(variable, entry) && !hasOwnRole(variable))?.variable;
  const isImport = own !== undefined && own.prefix !== undefined;
  return isImport && !service.variables.has(own.name) && !ownRoleName.test(entry.object.value ?? '')
    ? { kind: 'service import', job: own, service: entry }
    : undefined;
}

/** Whether a variable comes from another object of the same kind. */
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

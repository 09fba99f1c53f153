import { isSymbolic } from '../../../objects/symbolic.ts';
import type { Environment, Variable } from '../../environment/environment.ts';
import { toolVariables } from '../../tools/tool-images.ts';
import {
  classifyName,
  type DatabaseAddress,
  type DatabaseEnvironment,
  type DatabaseSetting,
  databaseAddresses,
} from '../database-setting.ts';

/** Both values are in the tree and lead to different hosts or databases. */
export interface AddressDifference {
  readonly kind: 'address';
  readonly part: 'host' | 'database';
  readonly job: Variable;
  readonly service: Variable;
}

/**
 * Compares the addresses in two environments. They are the `same` if any of the migration's databases may be one of the
 * service's; undefined if one of the two has no address.
 * @param isAlone the migration's container is alone in its pod, so no proxy beside it answers on `localhost`
 */
export function compareAddresses(
  job: DatabaseEnvironment,
  service: DatabaseEnvironment,
  isAlone: boolean,
): AddressDifference | 'same' | undefined {
  const jobAddresses = addressesOf(job.settings, isOfTool);
  const serviceAddresses = addressesOf(service.settings, (setting) => !isOfTool(setting));
  const isSame = isAlone ? sameHostFromAlone : sameHost;
  const isSameHost: typeof sameHost = (own, other) =>
    isSame(inCluster(own, job.namespace, other), inCluster(other, service.namespace, own));
  let first: AddressDifference | undefined;
  for (const jobAddress of jobAddresses) {
    for (const serviceAddress of serviceAddresses) {
      const difference = addressDifference(jobAddress, serviceAddress, isSameHost);
      if (difference === undefined) return 'same';
      const sameName = jobAddress.from.name === serviceAddress.from.name;
      if (first === undefined || sameName) first = difference;
    }
  }
  return first && narrowToPart(first, job, service);
}

/** The addresses in the settings that count; in all settings if those have none. */
function addressesOf(
  settings: readonly DatabaseSetting[],
  counts: (setting: DatabaseSetting) => boolean,
): readonly DatabaseAddress[] {
  const addresses = databaseAddresses(settings.filter(counts));
  return addresses.length > 0 ? addresses : databaseAddresses(settings);
}

/** Whether only the migration reads a variable, even if Job and service share it. */
function isOfTool({ variable }: DatabaseSetting): boolean {
  return toolVariables.has(variable.name);
}

function addressDifference(
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

/** Whether two hosts may be the same server: a pooler, a proxy, or a longer name inside the cluster. */
function sameHost(a: string, b: string): boolean {
  if ([a, b].some((host) => /pool|bouncer|proxy|localhost|^127\.|(^|-)(rw|direct|primary)\b|^\//.test(host)))
    return true;
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** As {@link sameHost}, if nothing but the migration itself could answer on the pod's `localhost`. */
function sameHostFromAlone(job: string, service: string): boolean {
  const isLoopback = (host: string): boolean => /^(localhost|127\.|\[?::1)/.test(host);
  return isLoopback(job) ? isLoopback(service) : sameHost(job, service);
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

import { type KubernetesObject, sameNamespace } from '../../objects/kubernetes-object.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import type { Workload } from '../../objects/workload.ts';
import type { RootModel } from '../root-model.ts';
import { addressesOf } from './database-setting.ts';
import { readServiceHosts, type ServiceHost } from './service-host.ts';

/** The Services of the same build through which a workload reaches its databases, as far as the tree shows. */
export function findDatabaseServices(model: RootModel, workload: Workload): KubernetesObject[] {
  const hosts = databaseHosts(model, workload);
  const named = [...hosts].flatMap((host) => readServiceHosts(host, workload.object.namespace.value));
  return servicesAt(named, model.listed);
}

/**
 * The namespaces of a workload's databases, if all of its hosts name one within the cluster (`postgres.data.svc`);
 * otherwise none.
 */
export function findDatabaseNamespaces(model: RootModel, workload: Workload): string[] {
  const hosts = [...databaseHosts(model, workload)];
  const namespaces = hosts.flatMap((host) => {
    const isInternal = /\.svc(\.|$)/.test(host) && !isSymbolic(host);
    return isInternal ? readServiceHosts(host, undefined).flatMap(({ namespace }) => namespace ?? []) : [];
  });
  return namespaces.length < hosts.length ? [] : namespaces;
}

/** Whether the tree shows which hosts a workload's databases are on. */
export function namesDatabase(model: RootModel, workload: Workload): boolean {
  return databaseHosts(model, workload).size > 0;
}

function databaseHosts({ config }: RootModel, workload: Workload): Set<string> {
  return new Set(addressesOf(workload, config).flatMap(({ host }) => host ?? []));
}

/** The Services among objects that answer to one of these hosts. */
export function servicesAt(hosts: readonly ServiceHost[], objects: readonly KubernetesObject[]): KubernetesObject[] {
  if (hosts.length === 0) return [];
  return objects.filter((object) => object.kind === 'Service' && isReachedBy(object, hosts));
}

/** Whether a Service answers to one of these hosts, as far as the tree tells. */
export function isReachedBy({ name, namespace }: KubernetesObject, hosts: readonly ServiceHost[]): boolean {
  return hosts.some((host) => host.service === name.value && sameNamespace(host.namespace, namespace.value));
}

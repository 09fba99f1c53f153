import { type KubernetesObject, sameNamespace } from '../../objects/kubernetes-object.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import type { Workload } from '../../objects/workload.ts';
import { readEnvironment } from '../environment/environment.ts';
import type { RootModel } from '../root-model.ts';
import { databaseAddresses, findDatabaseSettings } from './database-setting.ts';
import { readServiceHosts, type ServiceHost } from './service-host.ts';

/** The Services of the same build through which a workload reaches its databases, as far as the tree shows. */
export function findDatabaseServices(model: RootModel, workload: Workload): KubernetesObject[] {
  const hosts = databaseHosts(model, workload);
  if (hosts.size === 0) return [];
  const named = [...hosts].flatMap((host) => readServiceHosts(host, workload.object.namespace.value));
  return model.listed.filter(
    (candidate) => candidate.kind === 'Service' && named.some((host) => isReachedBy(candidate, host)),
  );
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
  const hosts = new Set<string>();
  for (const container of workload.pod.containers) {
    const settings = findDatabaseSettings(readEnvironment(container, workload, config));
    for (const { host } of databaseAddresses(settings)) if (host !== undefined) hosts.add(host);
  }
  return hosts;
}

/** Whether a Service answers to a host, as far as the tree tells. */
export function isReachedBy({ name, namespace }: KubernetesObject, host: ServiceHost): boolean {
  return host.service === name.value && sameNamespace(host.namespace, namespace.value);
}

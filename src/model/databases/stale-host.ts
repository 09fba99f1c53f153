import { type KubernetesObject, sameNamespace } from '../../objects/kubernetes-object.ts';
import { operatorServices } from '../../objects/operator-service.ts';
import { writtenText } from '../../objects/place.ts';
import type { Workload, WorkloadContainer } from '../../objects/workload.ts';
import { spanKey } from '../../source/span.ts';
import { readEnvironment, settingPlace, type Variable } from '../environment/environment.ts';
import { concernedContainers } from '../releases/dependents.ts';
import type { RootModel } from '../root-model.ts';
import { isReachedBy } from './database-service.ts';
import { databaseAddresses, findDatabaseSettings, holderOf } from './database-setting.ts';
import { readServiceHosts, type ServiceHost } from './service-host.ts';

/** A host in a release's database settings that was a Service of the build before the build changed it. */
export interface StaleHost {
  readonly workload: Workload;
  /** The variable that holds the host. */
  readonly variable: Variable;
  /** The host's name, which may come from a Secret. */
  readonly host: string;
  readonly service: KubernetesObject;
  /** What the build changed. */
  readonly changed: 'name' | 'namespace';
}

/**
 * Finds the hosts that match no Service as built, but one as written in its file: kustomize changes names, namespaces
 * and the references that it knows, but not settings. Returns each setting once, however many workloads read it.
 */
export function findStaleHosts(model: RootModel): StaleHost[] {
  // A part that was not built may contain a Service of that name.
  if (!model.completeButSettings) return [];
  const services = model.listed.flatMap((object) => (object.kind === 'Service' ? object : operatorServices(object)));
  if (!services.some(isChanged)) return [];
  const bySetting = new Map<string, StaleHost>();
  for (const stale of concernedContainers(model).flatMap((each) => staleHostsOf(each, model, services))) {
    const key = spanKey(settingPlace(stale.variable).at);
    if (!bySetting.has(key)) bySetting.set(key, stale);
  }
  return [...bySetting.values()];
}

function staleHostsOf(
  { workload, container }: WorkloadContainer,
  { config, unlisted }: RootModel,
  services: readonly KubernetesObject[],
): StaleHost[] {
  const environment = readEnvironment(container, workload, config);
  return databaseAddresses(findDatabaseSettings(environment)).flatMap(({ host, from }): StaleHost[] => {
    // A variable of Flux or of the container that nothing in the tree fills.
    if (host === undefined || host.includes('$')) return [];
    const hosts = readServiceHosts(host, environment.namespace);
    const change = findChange(hosts, services);
    // An alias in a file beside the tree may be applied separately.
    if (change === undefined || isReached(hosts, unlisted.services())) return [];
    return [{ workload, variable: holderOf(host, from, environment), host, ...change }];
  });
}

function findChange(
  hosts: readonly ServiceHost[],
  services: readonly KubernetesObject[],
): Pick<StaleHost, 'service' | 'changed'> | undefined {
  if (isReached(hosts, services)) return undefined;
  for (const host of hosts) {
    const renamed = services.find(
      (service) => service.earlierNames.includes(host.service) && (isIn(service, host) || wasIn(service, host)),
    );
    if (renamed !== undefined) return { service: renamed, changed: 'name' };
    const moved = services.find((service) => service.name.value === host.service && wasIn(service, host));
    if (moved !== undefined) return { service: moved, changed: 'namespace' };
  }
  return undefined;
}

function isReached(hosts: readonly ServiceHost[], services: readonly KubernetesObject[]): boolean {
  return services.some((service) => isReachedBy(service, hosts));
}

function isChanged({ earlierNames, namespace }: KubernetesObject): boolean {
  return earlierNames.length > 0 || namespace.place.steps.length > 1;
}

/**
 * Whether a Service may be in a host's namespace. A host with a dot may also be outside the cluster, so it must match
 * exactly.
 */
function isIn({ namespace }: KubernetesObject, host: ServiceHost): boolean {
  return host.isQualified ? namespace.value === host.namespace : sameNamespace(namespace.value, host.namespace);
}

/** Whether the files, or a kustomization further in, put a Service into a host's namespace. */
function wasIn({ namespace }: KubernetesObject, host: ServiceHost): boolean {
  return namespace.place.steps.some(({ at }) => writtenText(at) === host.namespace);
}

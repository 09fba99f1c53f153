import { type KubernetesObject, sameNamespace } from '../objects/kubernetes-object.ts';
import type { Workload } from '../objects/workload.ts';
import type { RootModel } from '../root-model.ts';
import { databaseAddresses, findDatabaseSettings } from './database-setting.ts';
import { readEnvironment } from './environment.ts';

/** The Services of the same build by which a workload reaches its databases, as far as the tree tells. */
export function findDatabaseServices(model: RootModel, workload: Workload): KubernetesObject[] {
  const hosts = databaseHosts(model, workload);
  if (hosts.size === 0) return [];
  const namespace = workload.object.namespace.value;
  return model.listed.filter(
    (candidate) => candidate.kind === 'Service' && [...hosts].some((host) => isReachedBy(candidate, host, namespace)),
  );
}

/** Whether the tree tells which hosts a workload's databases are on. */
export function tellsDatabase(model: RootModel, workload: Workload): boolean {
  return databaseHosts(model, workload).size > 0;
}

function databaseHosts({ config }: RootModel, { object, pod }: Workload): Set<string> {
  const hosts = new Set<string>();
  for (const container of pod.containers) {
    const settings = findDatabaseSettings(readEnvironment(container, config, object.namespace.value));
    for (const { host } of databaseAddresses(settings)) if (host !== undefined) hosts.add(host);
  }
  return hosts;
}

/** `postgres`, `postgres.shop`, `postgres.shop.svc.cluster.local`, and the same behind the name of a pod (`postgres-0.postgres`). */
function isReachedBy({ name, namespace }: KubernetesObject, host: string, from: string | undefined): boolean {
  const [first, second, third = ''] = host
    .split(/\.svc(?:\.|$)/, 1)
    .join('')
    .split('.');
  if (first === name.value) return sameNamespace(second ?? from, namespace.value);
  return second === name.value && /-\d+$/.test(first ?? '') && sameNamespace(third || from, namespace.value);
}

import { type KubernetesObject, sameNamespace } from '../objects/kubernetes-object.ts';
import type { Workload } from '../objects/workload.ts';
import type { RootModel } from '../root-model.ts';
import { databaseAddresses, findDatabaseSettings } from './database-setting.ts';
import { readEnvironment } from './environment.ts';

/** The Services of the same build by which a workload reaches its databases, as far as the tree tells. */
export function findDatabaseServices({ listed, config }: RootModel, { object, pod }: Workload): KubernetesObject[] {
  const namespace = object.namespace.value;
  const hosts = new Set<string>();
  for (const container of pod.containers) {
    const settings = findDatabaseSettings(readEnvironment(container, config, namespace));
    for (const { host } of databaseAddresses(settings)) if (host !== undefined) hosts.add(host);
  }
  if (hosts.size === 0) return [];
  return listed.filter(
    (candidate) => candidate.kind === 'Service' && [...hosts].some((host) => isReachedBy(candidate, host, namespace)),
  );
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

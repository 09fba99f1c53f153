import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Present } from '../../objects/view.ts';
import type { Container, Workload } from '../../objects/workload.ts';
import { readInvocations } from '../../shell/command-line.ts';
import type { RootModel } from '../root-model.ts';
import { readProbe } from './database-probe.ts';
import { findDatabaseServices, servicesAt } from './database-service.ts';
import { readServiceHosts } from './service-host.ts';

/** An init container that waits for a database on a host that the build does not have. */
export interface MisdirectedWait {
  readonly container: Container;
  readonly host: string;
  /** The script that waits. */
  readonly field: Present<string>;
  /** The Service of the database that the workload uses. */
  readonly service: KubernetesObject;
}

/**
 * Finds it in the init containers of a workload whose settings name a database of the build. A host with a dot may be
 * anywhere; one that begins with the name of another object may be a Service that an operator makes.
 */
export function findMisdirectedWait(model: RootModel, workload: Workload): MisdirectedWait | undefined {
  if (!model.completeButSettings) return undefined;
  const probes = workload.pod.initContainers.flatMap((container) =>
    readInvocations(container)
      .filter(({ loops }) => loops)
      .flatMap((invocation) => {
        const { host, isDatabase } = readProbe(invocation.words) ?? {};
        return !isDatabase || host === undefined || !/^[a-z][a-z0-9-]*$/.test(host)
          ? []
          : [{ container, host, invocation }];
      }),
  );
  if (probes.length === 0) return undefined;
  const [service] = findDatabaseServices(model, workload);
  if (service === undefined) return undefined;
  for (const { container, host, invocation } of probes) {
    if (host === 'localhost' || mayExist(model, workload, host)) continue;
    return { container, host, field: invocation.field, service };
  }
  return undefined;
}

function mayExist({ listed, unlisted }: RootModel, { object }: Workload, host: string): boolean {
  const hosts = readServiceHosts(host, object.namespace.value);
  if (servicesAt(hosts, [...listed, ...unlisted.services()]).length > 0) return true;
  return listed.some(
    ({ kind, name }) => name.value !== undefined && mayHaveService(kind) && host.startsWith(name.value),
  );
}

/** Whether an operator may make Services for objects of a kind: for those of Kubernetes itself it makes none. */
function mayHaveService(kind: string): boolean {
  return !/^(Deployment|StatefulSet|Job|CronJob|Service|ConfigMap|Secret|ServiceAccount|Role|RoleBinding|Namespace)$/.test(
    kind,
  );
}

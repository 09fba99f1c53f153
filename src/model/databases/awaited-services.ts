import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Workload } from '../../objects/workload.ts';
import { readInvocations } from '../../shell/command-line.ts';
import { readEnvironment } from '../environment/environment.ts';
import type { RootModel } from '../root-model.ts';
import { readProbe } from './database-probe.ts';
import { servicesAt } from './database-service.ts';
import { readServiceHosts } from './service-host.ts';

/** The Services of the same build that the init containers of a workload ask in a loop until they answer. */
export function findAwaitedServices({ config, listed }: RootModel, workload: Workload): KubernetesObject[] {
  const namespace = workload.object.namespace.value;
  const awaited = workload.pod.initContainers.flatMap((container) =>
    readInvocations(container)
      .filter(({ loops }) => loops)
      .flatMap(({ words }) => {
        const { variables } = readEnvironment(container, workload, config);
        const filled = words.map((word) => {
          const name = /^\$\{?(\w+)\}?$/.exec(word)?.[1];
          return (name === undefined ? undefined : variables.get(name)?.value) ?? word;
        });
        return readServiceHosts(readProbe(filled)?.host ?? '', namespace);
      }),
  );
  return servicesAt(awaited, listed);
}

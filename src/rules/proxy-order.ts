import type { Report, Rule } from '../lint/rule.ts';
import { findEndlessProxy } from '../model/databases/endless-proxy.ts';
import { findLateProxy } from '../model/databases/late-proxy.ts';
import { concernedWorkloads } from '../model/releases/dependents.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import type { Container, Workload } from '../objects/workload.ts';

/** An init container that connects to the database through a proxy that starts after it. */
export const proxyOrder: Rule = {
  id: 'proxy-order',
  severity: 'error',
  category: 'service',
  docs: {
    summary:
      'An init container uses the database through a proxy that starts only after it, or is a proxy that never ends',
    symptom:
      'The pods stay in `Init:Error` or `Init:CrashLoopBackOff` with `connection refused` to `127.0.0.1:5432`, and the proxy has no log: it never started.',
    why: 'A proxy such as `cloud-sql-proxy` listens on `127.0.0.1` of its own pod. Kubernetes starts the containers of a pod only when all init containers are done, so an init container that migrates, checks the schema or waits for the database through an ordinary proxy container waits for something that waits for it. A native sidecar, an init container with `restartPolicy: Always`, starts in the order of the list and keeps running. Without `restartPolicy: Always` the proxy in `initContainers` is an ordinary one, which has to end before the next container starts, and never does.\n\nNot reported:\n\n- init containers whose commands do not show that they use the database\n- a proxy with an image that the rule does not know\n- one that runs another program of its image, or a command that ends, such as `cloud-sql-proxy wait`',
    fix: '```yaml\ninitContainers:\n  - name: cloud-sql-proxy\n    image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1\n    restartPolicy: Always # a native sidecar\n  - name: migrate\n    image: registry.example.com/myapp:v1.4.0\n```',
    links: ['https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const workload of concernedWorkloads(model)) {
      const endless = findEndlessProxy(workload);
      if (endless) {
        reportEndless(workload, endless, report);
        continue;
      }
      const late = findLateProxy(model, workload);
      if (late === undefined) continue;
      const { container, proxy, host } = late;
      const [own, other] = [container.name.value ?? '', proxy.name.value ?? ''];
      const when = proxy.role === 'main' ? 'once all init containers are done' : 'after it';
      report({
        message: `Init container \`${own}\` of ${describeObject(workload.object)} connects to its database through \`${other}\` at \`${host}\`, which starts only ${when}: the connection fails, and the pods never get past \`Init\`.`,
        at: container.name.place.at,
        related: [{ at: proxy.name.place.at, note: 'the proxy starts here' }],
        object: referTo(workload.object),
        field: container.path,
        hint:
          proxy.role === 'main'
            ? `Move \`${other}\` to \`initContainers\`, before \`${own}\`, with \`restartPolicy: Always\`.`
            : `Move \`${other}\` before \`${own}\`.`,
      });
    }
  },
};

/** Reports a proxy that is an ordinary init container. */
function reportEndless({ object }: Workload, { name, path }: Container, report: Report): void {
  const proxy = name.value ?? '';
  report({
    message: `Init container \`${proxy}\` of ${describeObject(object)} runs until it is stopped, and the next container starts only once it has ended: the pods never get past \`Init\`.`,
    at: name.place.at,
    related: [],
    object: referTo(object),
    field: `${path}.restartPolicy`,
    hint: 'Add `restartPolicy: Always` to it, which makes it a native sidecar.',
  });
}

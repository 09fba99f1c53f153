import type { Report, Rule } from '../lint/rule.ts';
import type { Migration } from '../model/migrations/migration.ts';
import type { LabelSelector } from '../model/network/label-selector.ts';
import type { NetworkPolicy } from '../model/network/network-policy.ts';
import { podsOf } from '../model/network/traffic.ts';
import { serviceKinds } from '../model/releases/service-kind.ts';
import type { RootModel } from '../model/root-model.ts';
import { describeObject, referTo, sameNamespace } from '../objects/kubernetes-object.ts';
import { findSelectingLabel, selectsPods } from '../objects/pod-selector.ts';
import type { ServiceObject } from '../objects/service-object.ts';
import type { Job, Workload } from '../objects/workload.ts';

/** A Service that also selects the pods of a migration. */
export const jobService: Rule = {
  id: 'job-service',
  severity: 'warning',
  category: 'job',
  docs: {
    summary: 'A Service also sends requests to the pods of the migration Job',
    symptom:
      'While the migration runs, some requests fail with `connection refused` or `502`. Once it is done, all is well again.',
    why: "A Service sends requests to every ready pod that has the labels of its selector, whatever created the pod. A pod without a readiness probe is ready as soon as it runs. The pods of the migration are selected too if the Job's pod template was copied from the Deployment's, or if a kustomization puts its labels on all pods and selectors. The rule looks at Services with a port that has a number as its target; a named port only reaches pods that declare it.\n\nNot reported:\n\n- a Service that selects no pods of a Deployment or the like\n- a Job whose pod has a readiness probe",
    fix: "Give the Job's pods labels of their own:\n\n```yaml\nspec:\n  template:\n    metadata:\n      labels:\n        app: myapp-migration\n```",
    links: ['https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes'],
    since: '0.1.0',
  },
  check(model, report) {
    const { migrations, serviceObjects, workloads } = model;
    const services = serviceObjects.filter(({ targetPorts }) => targetPorts.some((port) => port !== undefined));
    for (const migration of migrations) {
      const { job } = migration;
      if (job.pod.containers.some(({ isProbed }) => isProbed)) continue;
      for (const service of services.filter((each) => selectsPods(each, job))) {
        const meant = workloads.find((each) => serviceKinds.has(each.object.kind) && selectsPods(service, each));
        if (meant !== undefined) reportService(model, migration, service, meant, report);
      }
    }
  },
};

function reportService(
  model: RootModel,
  { job, reasons }: Migration,
  service: ServiceObject,
  meant: Workload,
  report: Report,
): void {
  const by = findSelectingLabel(service, job);
  if (by === undefined) return;
  const { key, label, related } = by;
  const [name, other] = [describeObject(service.object), describeObject(meant.object)];
  report({
    message: `${name} selects the pods of ${other}, and by the same labels those of ${describeObject(job.object)}: while the migration runs, some of the requests go to its pod.`,
    at: label.place.at,
    related,
    object: referTo(job.object),
    field: label.path,
    hint: `Give the Job's pods another \`${key}\` than those of ${other}${alsoNamedIn(findPolicyBy(model, key, job))}, or let the Service select by a label that the Job's pods do not have.`,
    reasons,
  });
}

/** The first network policy that covers a Job's pods by one of their labels. */
function findPolicyBy(model: RootModel, key: string, job: Job): NetworkPolicy | undefined {
  const { labels, namespace } = podsOf(job);
  const isMeant = (selector: LabelSelector | undefined): boolean =>
    selector?.keys.has(key) === true && selector.matches(labels);
  return model
    .networkPolicies()
    .find(
      ({ namespace: own, selects: covered, ingress = [], egress = [] }) =>
        sameNamespace(own, namespace) &&
        [covered, ...[...ingress, ...egress].flatMap(({ peers }) => peers.map(({ pods }) => pods))].some(isMeant),
    );
}

function alsoNamedIn(policy: NetworkPolicy | undefined): string {
  return policy === undefined ? '' : ` (${describeObject(policy.object)} then has to name it as well)`;
}

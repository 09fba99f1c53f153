import type { Rule } from '../lint/rule.ts';
import { findQuotaGap } from '../model/quotas/quota-gap.ts';
import { concernedWorkloads } from '../model/releases/dependents.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { isJob } from '../objects/workload.ts';
import { joinWords } from '../text/join-words.ts';

/** Pods of a release that a ResourceQuota of their namespace refuses. */
export const resourceQuota: Rule = {
  id: 'resource-quota',
  severity: 'error',
  category: 'service',
  docs: {
    summary: "The namespace's ResourceQuota refuses the pods of the migration Job or the service",
    symptom:
      'The Job exists and never starts a pod: `kubectl describe job` shows `FailedCreate … is forbidden: failed quota: … must specify limits.cpu for: migrate`. The service waits for it until its rollout times out.',
    why: 'In a namespace with a ResourceQuota for CPU or memory, each container, init containers included, has to state what the quota counts. The API server refuses other pods one by one, after the Job or Deployment was accepted. The service has its `resources`, while the migration Job, or the init container that waits for it, is forgotten. A LimitRange in the same namespace fills them in. The rule compares the pods of a release with the quotas and LimitRanges of the same build.\n\nNot reported:\n\n- quotas with scopes, which count only some pods\n- when no other pods of the namespace in the build state them either: a LimitRange outside the tree then probably does',
    fix: '```yaml\ncontainers:\n  - name: migrate\n    resources:\n      requests: {cpu: 100m, memory: 256Mi}\n      limits: {cpu: "1", memory: 512Mi}\n```',
    links: [
      'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
      'https://kubernetes.io/docs/concepts/policy/limit-range/',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    if (model.quotas().length === 0) return;
    for (const workload of concernedWorkloads(model)) {
      const gap = findQuotaGap(model, workload);
      if (gap === undefined) continue;
      const { quota, container, missing } = gap;
      const resources = container.get('resources');
      const name = container.get('name').text();
      const [counted] = missing.flatMap((amount) => quota.counts.get(amount) ?? []);
      const amounts = joinWords(
        missing.map((amount) => `\`${amount}\``),
        'or',
      );
      const effect = isJob(workload) ? 'the Job never starts a pod' : 'no new pod starts';
      report({
        message: `Container \`${name.value ?? ''}\` of ${describeObject(workload.object)} states no ${amounts}, which ${describeObject(quota.object)} of its namespace counts: the API server refuses its pods, so ${effect}.`,
        at: resources.exists ? resources.place.at : name.place.at,
        related: counted === undefined ? [] : [{ at: counted.place.at, note: 'counted here' }],
        object: referTo(workload.object),
        field: resources.path,
        hint: "Add them to the container's `resources`, or defaults for the namespace with a LimitRange.",
      });
    }
  },
};

import type { Rule } from '../lint/rule.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';

/** A migration that may hang forever. */
export const jobDeadline: Rule = {
  id: 'job-deadline',
  severity: 'info',
  category: 'job',
  strict: true,
  docs: {
    summary: 'The migration Job has no deadline',
    symptom:
      'The migration waits for a lock that an old pod holds; the Job stays `Running`, the new pods stay in `Init:0/1`, and nothing ever fails or alerts.',
    why: 'A waiter such as k8s-wait-for has no timeout: the pods wait as long as the Job is active. `activeDeadlineSeconds` makes a hanging Job fail, so that somebody notices. How long is right depends on the database, so the rule is in the preset `strict`.',
    fix: '```yaml\nspec:\n  activeDeadlineSeconds: 1800\n```',
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const { job, reasons } of model.migrations) {
      const { object, deadlineSeconds } = job;
      // A pod that exceeds its own deadline fails, and the Job fails with it.
      if ((deadlineSeconds.value ?? job.pod.deadlineSeconds.value) !== undefined) continue;
      report({
        message: `${describeObject(object)} leaves \`spec.activeDeadlineSeconds\` unset: a migration that hangs keeps the release waiting forever.`,
        at: deadlineSeconds.place.at,
        related: [],
        object: referTo(object),
        field: deadlineSeconds.path,
        hint: 'Set `activeDeadlineSeconds` to more than the longest migration takes.',
        reasons,
      });
    }
  },
};

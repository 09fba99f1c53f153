import type { Rule } from '../lint/rule.ts';
import { aimAtJob } from '../model/waiters/mismatches/aim-waiter.ts';
import { explainMismatch } from '../model/waiters/mismatches/name-mismatch.ts';
import { unmatchedTargets } from '../model/waiters/mismatches/unmatched-target.ts';
import { describeWaiter, reasonFor } from '../model/waiters/waiter.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';

/** A waiter whose argument is only a prefix of the Job's name. */
export const waitJobPrefix: Rule = {
  id: 'wait-job-prefix',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: "An init container waits for only a prefix of the Job's name",
    symptom:
      'Nothing at first. Then, with some release, the new pods pass their init container at once and fail on missing tables or columns, while the migration has yet to run.',
    why: 'k8s-wait-for runs `kubectl describe jobs NAME`, and `describe` takes a name that no Job has as a prefix: it prints every Job that starts with it. An argument without the version is satisfied by the finished Job of an older release, and the service starts on the old schema. If an older Job has failed, the service never starts. The exact name matches one Job only.',
    fix: 'Write the version into the argument with the same replacement that writes it into the Job:\n\n```yaml\n- select: {kind: Deployment, name: myapp}\n  fieldPaths:\n    - spec.template.spec.initContainers.[name=wait-for-migration].args.1\n  options: {delimiter: "-", index: 2}\n```',
    fixing: {
      safe: 'no',
      how: 'Lets the replacement that names the Job write the argument as well, or writes the whole name if there is no such replacement. Not safe, since a name without a replacement goes stale with the next version.',
    },
    links: ['https://github.com/groundnuty/k8s-wait-for'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const match of unmatchedTargets(model)) {
      const { near, target, waiter } = match;
      if (near?.how !== 'prefix' || target.kind !== 'name') continue;
      const mismatch = explainMismatch(model, match, target.name);
      const fix = aimAtJob(model, match, target.name);
      report({
        message: `${describeWaiter(waiter)} waits for \`${target.name.value}\`, which is only the beginning of ${describeObject(near.job.object)}: \`kubectl describe\` takes it as a prefix, an older release's finished Job satisfies the wait, and the service may start on the old schema.`,
        at: mismatch.at,
        related: mismatch.related,
        object: referTo(waiter.workload.object),
        field: target.name.path,
        hint: mismatch.hint,
        reasons: [reasonFor(waiter)],
        fix,
      });
    }
  },
};

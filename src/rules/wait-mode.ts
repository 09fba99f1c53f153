import type { Rule } from '../lint/rule.ts';
import { referTo } from '../model/kubernetes-object.ts';
import { historyOf } from '../model/place.ts';
import { describeWaiter } from '../model/waiter.ts';

/** A mode of k8s-wait-for that lets the service start too soon. */
export const waitMode: Rule = {
  id: 'wait-mode',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: 'k8s-wait-for is asked to wait in a mode that lets the service start too soon',
    symptom:
      'The new pods leave `Init` after a failed migration (`job-we`), or, now and then, before the migration has begun (`job`), and fail on missing tables or columns.',
    why: "The modes read the Job's counts of active, succeeded and failed pods differently. `job-we` takes a failed Job for done: the service starts after a failed migration, which is an error. `job` and `job-we` take a Job that has just been created, with all three at zero, for done: a race that is lost when the pods start at the same moment, and a warning for `job`. Only `job-wr` waits until a pod has succeeded; it also gets over a failed first try.",
    fix: '```yaml\nargs:\n  - job-wr\n  - myapp-migration-v1.4.0\n```',
    links: ['https://github.com/groundnuty/k8s-wait-for'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const waiter of model.waiters) {
      if (waiter.kind !== 'job' || waiter.mode === undefined || waiter.mode.value === 'job-wr') continue;
      const { mode, workload } = waiter;
      const afterFailure = mode.value === 'job-we';
      report({
        message: `${describeWaiter(waiter)} waits in mode \`${mode.value}\`, ${
          afterFailure
            ? 'which takes a failed Job for done: the service starts after a failed migration'
            : 'which takes a Job that has just been created for done: the service may start before its migration'
        }.`,
        at: mode.place.at,
        related: historyOf(mode.place, 'mode'),
        object: referTo(workload.object),
        field: mode.path,
        hint: 'Write `job-wr`, which waits until a pod of the Job has succeeded.',
        ...(afterFailure ? {} : { severity: 'warning' as const }),
      });
    }
  },
};

import type { Report, Rule } from '../lint/rule.ts';
import { setWord } from '../model/field-change.ts';
import { referTo } from '../model/kubernetes-object.ts';
import { historyOf } from '../model/place.ts';
import { describeWaiter, type UnknownWaiter } from '../model/waiter.ts';
import { isMode } from '../model/waiter-wait-for.ts';

/** A mode of k8s-wait-for that lets the service start too soon. */
export const waitMode: Rule = {
  id: 'wait-mode',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: 'k8s-wait-for is asked to wait in a mode that lets the service start too soon',
    symptom:
      'The new pods leave `Init` after a failed migration (`job-we`), or, now and then, before the migration has begun (`job`), and fail on missing tables or columns.',
    why: "The modes read the Job's counts of active, succeeded and failed pods differently. `job-we` takes a failed Job for done: the service starts after a failed migration, which is an error. `job` and `job-we` take a Job that has just been created, with all three at zero, for done: a race that is lost when the pods start at the same moment, and a warning for `job`. Only `job-wr` waits until a pod has succeeded; it also gets over a failed first try. A word that is no mode, such as a version that a replacement has put in its place, or mode and name in one argument, makes the script stop at once.",
    fix: '```yaml\nargs:\n  - job-wr\n  - myapp-migration-v1.4.0\n```',
    fixing: {
      safe: 'yes',
      how: 'Writes `job-wr` in the place of the mode, also in a shell script that holds the word once. Safe, since the pods start as before when the migration succeeds.',
    },
    links: ['https://github.com/groundnuty/k8s-wait-for'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const waiter of model.waiters) {
      if (waiter.kind === 'unknown') reportWrongMode(waiter, report);
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
        fix: { title: 'Wait in mode `job-wr`', safe: true, changes: [setWord(mode, 'job-wr')] },
        ...(afterFailure ? {} : { severity: 'warning' as const }),
      });
    }
  },
};

/** The script prints how it is used, and ends: what it was to wait for may be anything. */
function reportWrongMode(waiter: UnknownWaiter, report: Report): void {
  const { wrongMode: mode, workload } = waiter;
  if (mode === undefined) return;
  const [first, second] = mode.value.split(/\s+/);
  const isAlone = second === undefined && isMode(mode.value);
  report({
    message: `${describeWaiter(waiter)} ${
      isAlone
        ? `is given mode \`${mode.value}\` and nothing to wait for`
        : `gets \`${mode.value}\` as its mode, which k8s-wait-for does not know`
    }: it stops with an error at each start, and the pods never get past \`Init\`.`,
    at: mode.place.at,
    related: historyOf(mode.place, 'mode'),
    object: referTo(workload.object),
    field: mode.path,
    hint: hintFor(isAlone, first ?? '', second),
  });
}

function hintFor(isAlone: boolean, first: string, second: string | undefined): string {
  if (isAlone) return "Write the Job's name as the argument after it.";
  const isBoth = second !== undefined && isMode(first);
  return isBoth
    ? `Write two arguments: \`${first}\` and \`${second}\`.`
    : "Write `job-wr`, and the Job's name as the argument after it.";
}

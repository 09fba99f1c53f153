import { setWord } from '../findings/field-change.ts';
import type { Report, ReportedFinding, Rule } from '../lint/rule.ts';
import { hintToStop, stopsOnFailure } from '../model/commands/hidden-failure.ts';
import { findJobAsPod, type JobAsPod } from '../model/waiters/job-as-pod.ts';
import { findLoopFault, type LoopFault } from '../model/waiters/loop-fault.ts';
import { isMode } from '../model/waiters/reading/waiter-wait-for.ts';
import {
  describeStuck,
  describeWaiter,
  type JobWaiter,
  type UnknownWaiter,
  type Waiter,
} from '../model/waiters/waiter.ts';
import { type ConditionFault, judgeCondition } from '../model/waiters/waiter-condition.ts';
import { lacksWrMode } from '../model/waiters/waiter-image.ts';
import { pointAtName, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, narrowPlace, placeOfPart } from '../objects/place.ts';
import type { Present } from '../objects/view.ts';
import { isJob } from '../objects/workload.ts';

/** A way of waiting that lets the service start too soon, or never. */
export const waitMode: Rule = {
  id: 'wait-mode',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: 'The waiter waits in a way that lets the service start too soon, or never',
    symptom:
      'The new pods leave `Init` after a failed migration (`job-we`) or, now and then, before the migration has started (`job`), and fail on missing tables or columns.',
    why: "The modes of k8s-wait-for read the Job's counts of active, succeeded and failed pods differently. `job-we` treats a failed Job as done: the service starts after a failed migration, which is an error. `job` and `job-we` treat a Job that has just been created, with all three at zero, as done: a race that is lost if the pods start at the same moment, and a warning for `job`. Only `job-wr` waits until a pod has succeeded; it also survives a failed first attempt.\n\nA mode for pods with the name of a Job finds nothing. A word that is not a mode, such as a version that a replacement has put in its place, or mode and name in one argument, makes the script stop at once. Under `command` instead of `args`, the mode is run as a program.\n\nOf `kubectl wait` the rule checks `--for` (`condition=failed`, `delete`, a condition that no Job has). Of a shell script it checks whether the script continues after a failed wait (`|| true`, or a command after it without `set -e`), and whether a plain loop on `kubectl get job` ends when the Job exists, when any Job is done, or after a number of rounds without an error.",
    fix: '```yaml\nargs:\n  - job-wr\n  - myapp-migration-v1.4.0\n```',
    fixing: {
      safe: 'yes',
      how: 'Replaces the mode with `job-wr`, also in a shell script that holds the word once. Safe, since the pods start as before if the migration succeeds.',
    },
    links: ['https://github.com/groundnuty/k8s-wait-for'],
    since: '0.1.0',
  },
  check(model, report) {
    const jobWaiters = model.waiters.filter((waiter) => waiter.kind === 'job');
    for (const waiter of jobWaiters) {
      if (waiter.startedMode) reportStartedMode(waiter, waiter.startedMode, report);
      else checkMode(waiter, report);
      checkCondition(waiter, jobWaiters, report);
      checkOutcome(waiter, report);
      checkLoop(waiter, report);
    }
    for (const waiter of model.waiters) {
      if (waiter.kind === 'unknown') reportWrongMode(waiter, report);
      const asPod = findJobAsPod(model, waiter);
      if (asPod) reportPodMode(waiter, asPod, report);
    }
  },
};

/** How a message calls what a waiter holds back, and what that waits for. */
interface HeldWords {
  readonly who: string;
  readonly its: string;
  readonly failed: string;
}

/** A waiter in a Job, such as a migration that comes after another, holds back that Job. */
function wordsForHeld({ workload }: JobWaiter): HeldWords {
  return isJob(workload)
    ? { who: 'the Job', its: 'the one that it waits for', failed: 'one that failed' }
    : { who: 'the service', its: 'its migration', failed: 'a failed migration' };
}

function checkMode(waiter: JobWaiter, report: Report): void {
  const { mode, workload } = waiter;
  if (mode === undefined || mode.value === 'job-wr') return;
  const afterFailure = mode.value === 'job-we';
  const held = wordsForHeld(waiter);
  report({
    message: `${describeWaiter(waiter)} waits in mode \`${mode.value}\`, ${
      afterFailure
        ? `which treats a failed Job as done: ${held.who} starts after ${held.failed}`
        : `which treats a newly created Job as done: ${held.who} may start before ${held.its}`
    }.`,
    at: mode.place.at,
    related: historyOf(mode.place, 'mode'),
    object: referTo(workload.object),
    field: mode.path,
    ...toWr(waiter, mode),
    severity: afterFailure ? undefined : 'warning',
  });
}

/** Reports a mode for pods with the name of a Job. */
function reportPodMode(waiter: Waiter, { mode, name, job }: JobAsPod, report: Report): void {
  report({
    message: `${describeWaiter(waiter)} waits in mode \`${mode.value}\` for a pod called \`${name}\`, which is a Job: its pods have longer names, so none is found, and ${describeStuck(waiter)}.`,
    at: mode.place.at,
    related: [...historyOf(mode.place, 'mode'), pointAtName(job.object)],
    object: referTo(waiter.workload.object),
    field: mode.path,
    ...toWr(waiter, mode),
  });
}

/** How to wait in mode `job-wr`: in an old version of k8s-wait-for only with another image. */
function toWr({ container }: Waiter, mode: Present<string>): Pick<ReportedFinding, 'hint' | 'fix'> {
  const what = 'Write `job-wr`, which waits until a pod of the Job has succeeded';
  if (lacksWrMode(container))
    return { hint: `${what}, and use \`groundnuty/k8s-wait-for:v2.0\`: this version does not know that mode.` };
  return { hint: `${what}.`, fix: { title: 'Wait in mode `job-wr`', safe: true, changes: [setWord(mode, 'job-wr')] } };
}

function reportStartedMode(waiter: JobWaiter, mode: Present<string>, report: Report): void {
  report({
    message: `${describeWaiter(waiter)} has \`${mode.value}\` as its \`command\`, which replaces the image's entry point: there is no such program, and the container never starts.`,
    at: mode.place.at,
    related: historyOf(mode.place, 'command'),
    object: referTo(waiter.workload.object),
    field: mode.path,
    hint: 'Write `args` instead of `command`.',
  });
}

function describeCondition(fault: ConditionFault, { who, its, failed }: HeldWords): string {
  switch (fault) {
    case 'failure':
      return `which holds only once the migration has failed: ${who} starts after ${failed}, and never after one that succeeds`;
    case 'deletion':
      return `which ends when the Job is deleted, whether or not it succeeded: ${who} may start after ${failed}`;
    case 'creation':
      return `which ends as soon as the Job has been created: ${who} starts beside ${its}`;
    case 'never':
      return 'a condition that no Job ever has';
  }
}

function checkCondition(waiter: JobWaiter, all: readonly JobWaiter[], report: Report): void {
  const fault = judgeCondition(waiter, all);
  const { condition, workload } = waiter;
  if (fault === undefined || condition === undefined) return;
  const place = narrowPlace(condition.place, condition.value);
  report({
    message: `${describeWaiter(waiter)} waits for \`${condition.value}\`, ${describeCondition(fault, wordsForHeld(waiter))}${fault === 'never' ? `: ${describeStuck(waiter)}` : ''}.`,
    at: place.at,
    related: historyOf(place, 'condition'),
    object: referTo(workload.object),
    field: condition.path,
    hint: 'Write `--for=condition=complete`.',
  });
}

/** Reports a script that continues after a failed wait. */
function checkOutcome(waiter: JobWaiter, report: Report): void {
  const { ignoredIn: script, workload, tool } = waiter;
  if (script === undefined) return;
  const command = tool === 'k8s-wait-for' ? 'wait_for.sh' : tool;
  const place = narrowPlace(script.place, command);
  report({
    message: `${describeWaiter(waiter)} continues when \`${command}\` fails or gives up, as if the migration were done: ${wordsForHeld(waiter).who} starts anyway.`,
    at: place.at,
    related: historyOf(place, 'script'),
    object: referTo(workload.object),
    field: script.path,
    hint: hintToStop(script.value, command, stopsOnFailure(waiter.container)),
  });
}

function describeLoop(kind: LoopFault['kind'], { who, its }: HeldWords): string {
  switch (kind) {
    case 'exists':
      return `only until the Job exists, not until it is done: ${who} starts beside ${its}`;
    case 'any':
      return `until any Job of the namespace is done, such as the one of the last release: ${who} may start before ${its}`;
    case 'gives up':
      return `for a fixed number of rounds, and exits without an error after the last: ${who} starts although the migration is not done`;
  }
}

/** Reports a loop on `kubectl get job` that ends too soon. */
function checkLoop(waiter: JobWaiter, report: Report): void {
  const fault = findLoopFault(waiter);
  if (fault === undefined) return;
  const { kind, script, part } = fault;
  const place = placeOfPart(script.place, part);
  report({
    message: `${describeWaiter(waiter)} waits ${describeLoop(kind, wordsForHeld(waiter))}.`,
    at: place.at,
    related: historyOf(place, 'script'),
    object: referTo(waiter.workload.object),
    field: script.path,
    hint:
      kind === 'gives up'
        ? 'Put `exit 1` after the loop.'
        : 'Check `-o jsonpath={.status.succeeded}` of the Job by its name, or use `kubectl wait --for=condition=complete`.',
  });
}

/** Reports an argument at which the script prints its usage and exits; nothing else is known about such a waiter. */
function reportWrongMode(waiter: UnknownWaiter, report: Report): void {
  const { wrongMode: mode, wrongItem, workload } = waiter;
  if (wrongItem) reportWrongItem(waiter, wrongItem, report);
  if (mode === undefined) return;
  const { clause, hint } = explainWrongMode(mode.value);
  report({
    message: `${describeWaiter(waiter)} ${clause}: it stops with an error at each start, and ${describeStuck(waiter)}.`,
    at: mode.place.at,
    related: historyOf(mode.place, 'mode'),
    object: referTo(workload.object),
    field: mode.path,
    hint,
  });
}

function reportWrongItem(waiter: UnknownWaiter, item: Present<string>, report: Report): void {
  report({
    message: `${describeWaiter(waiter)} gets \`${item.value}\`, and k8s-wait-for-multi knows only the kinds \`job\`, \`pod\` and \`service\`: it stops with an error at each start, and ${describeStuck(waiter)}.`,
    at: item.place.at,
    related: historyOf(item.place, 'argument'),
    object: referTo(waiter.workload.object),
    field: item.path,
    hint: 'Write `NAMESPACE,job,NAME`.',
  });
}

/** Says what is wrong with the word that k8s-wait-for takes as its mode: a mode alone, mode and name in one, or neither. */
function explainWrongMode(word: string): { clause: string; hint: string } {
  const [first = '', second] = word.split(/\s+/);
  if (second === undefined && isMode(word)) {
    const hint = "Write the Job's name as the argument after it.";
    return { clause: `is given mode \`${word}\` and nothing to wait for`, hint };
  }
  const clause = `gets \`${word}\` as its mode, which k8s-wait-for does not know`;
  return second !== undefined && isMode(first)
    ? { clause, hint: `Write two arguments: \`${first}\` and \`${second}\`.` }
    : { clause, hint: "Write `job-wr`, and the Job's name as the argument after it." };
}

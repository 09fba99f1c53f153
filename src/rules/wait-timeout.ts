import type { Rule } from '../lint/rule.ts';
import { describeWaiter, hidesFailedWait, type Waiter } from '../model/waiters/waiter.ts';
import { referTo } from '../objects/kubernetes-object.ts';
import { historyOf, narrowPlace } from '../objects/place.ts';

/** A `kubectl wait` that gives up after half a minute. */
export const waitTimeout: Rule = {
  id: 'wait-timeout',
  severity: 'warning',
  category: 'wait',
  docs: {
    summary: '`kubectl wait` has no `--timeout` and gives up after 30 seconds',
    symptom:
      '`Init:Error` and `Init:CrashLoopBackOff` while the migration runs; the log of the init container says `error: timed out waiting for the condition on jobs/…`. When the migration is done the pods still wait for the back-off to end, up to five minutes.',
    why: 'By default `kubectl wait` waits for 30 seconds. A longer migration makes the init container fail and restart with growing pauses, and a pod that is not restarted has failed.\n\nNot reported:\n\n- a `kubectl wait` in a shell loop, which starts it again at once',
    fix: '```yaml\ncommand: [kubectl, wait, --for=condition=complete, --timeout=600s, job/myapp-migration-v1.4.0]\n```',
    links: ['https://kubernetes.io/docs/reference/kubectl/generated/kubectl_wait/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const waiter of model.waiters) {
      if (waiter.kind !== 'job' || waiter.untimed === undefined) continue;
      const place = narrowPlace(waiter.untimed.place, 'kubectl wait');
      report({
        message: `${describeWaiter(waiter)} runs \`kubectl wait\` without \`--timeout\`: it gives up after 30 seconds. If the migration takes longer, ${consequence(waiter)}.`,
        at: place.at,
        related: historyOf(place, 'command'),
        object: referTo(waiter.workload.object),
        field: waiter.untimed.path,
        hint: 'Add `--timeout=600s`, or however long the migration may take.',
      });
    }
  },
};

function consequence(waiter: Waiter): string {
  if (hidesFailedWait(waiter)) return 'the service starts anyway';
  const { pod } = waiter.workload;
  return pod.restartPolicy.value === 'Never'
    ? 'its pod fails'
    : 'the container fails and is restarted with growing pauses';
}

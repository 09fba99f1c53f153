import type { Rule } from '../lint/rule.ts';
import { waitsByName } from '../model/waiters/target-match.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated } from '../objects/place.ts';

/** In seconds. Releases are rarer than this: a Job that is deleted sooner runs again although nothing was released. */
const hour = 3600;

/** A Job that is deleted and recreated again and again. */
export const fluxTtlInterval: Rule = {
  id: 'flux-ttl-interval',
  severity: 'warning',
  category: 'flux',
  docs: {
    summary: 'The finished migration Job is deleted so soon that Flux recreates it and runs it again and again',
    symptom:
      'The migration runs every few minutes although nothing was released. Between the deletion and the next reconcile, pods that restart stay in `Init:0/1` or `Init:Error`, because the Job that they wait for does not exist.',
    why: 'Kubernetes deletes a finished Job after `ttlSecondsAfterFinished`, and Flux recreates what is missing at its next reconcile. If the TTL is shorter than the `interval` of the Flux Kustomization, that happens at every reconcile; if it is longer, less often. The rule reports a TTL that is shorter than the interval, or of an hour at most. From kustomize-controller 1.8 a Job deleted by its TTL counts as healthy, but Flux recreates it all the same.',
    fix: 'Keep the finished Job for longer than a release lasts, or leave the field out: a versioned Job is pruned with the next release.\n\n```yaml\nspec:\n  ttlSecondsAfterFinished: 86400\n```',
    links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#interval'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const { job, reasons } of model.migrations) {
      const ttl = job.ttlSeconds;
      const isWaitedFor = waitsByName(model.matches, job).length > 0;
      const waiting = isWaitedFor ? ', and pods that start in between wait for a Job that is gone' : '';
      for (const { interval, suspend, object } of model.applier.flux) {
        if (ttl.value === undefined || interval.value === undefined || suspend.value === true) continue;
        if (ttl.value > Math.max(interval.value, hour)) continue;
        const each = ttl.value < interval.value ? 'each time' : 'again and again although nothing was released';
        report({
          message: `${describeObject(job.object)} is deleted ${ttl.value} seconds after it has finished, and ${describeObject(object)} recreates it at its next reconcile, every ${interval.value} seconds: the migration runs ${each}${waiting}.`,
          at: ttl.place.at,
          related: joinRelated(historyOf(ttl.place, 'time to live'), [
            { at: interval.place.at, note: 'reconciled at this interval' },
          ]),
          object: referTo(job.object),
          field: ttl.path,
          hint: 'Set `ttlSecondsAfterFinished` to a day or more, or remove it.',
          reasons,
        });
        break;
      }
    }
  },
};

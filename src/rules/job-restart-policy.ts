import { setField } from '../findings/field-change.ts';
import type { Rule } from '../lint/rule.ts';
import { hidesFailure } from '../model/commands/unchecked-client.ts';
import { judgeRetry, type RetryEffect } from '../model/jobs/retry-effect.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';

/** A migration Job whose pods are restarted in place, or whose policy the API server refuses. */
export const jobRestartPolicy: Rule = {
  id: 'job-restart-policy',
  severity: 'error',
  category: 'job',
  docs: {
    summary: "The migration Job's pods are restarted in place, or the API server refuses their restart policy",
    symptom:
      '`Required value: valid values: "OnFailure", "Never"` or `Unsupported value: "Always"` from the API server. Or a migration pod whose `RESTARTS` grow, with the message of the first failure lost.',
    why: 'The pod template of a Job must say `Never` or `OnFailure`. The default is `Always`, which a Job may not have, so the apply is refused. With `OnFailure` the kubelet restarts the failed container in the same pod, even with `backoffLimit: 0`: only `Never` together with 0 runs a migration once. If the tool takes a lock and records what it has applied, or a comment in the file of the Job says that it may run again, a retry is mostly harmless, and `OnFailure` is a warning.',
    fix: '```yaml\nspec:\n  backoffLimit: 0\n  template:\n    spec:\n      restartPolicy: Never\n```',
    fixing: {
      safe: 'depends',
      how: 'Writes `restartPolicy: Never` over the value, or into the pod template. Safe, since a migration that succeeds runs as before. Not safe if the tool takes a lock, since restarts may be wanted.',
    },
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/job/#handling-pod-and-container-failures'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      const { job, reasons } = migration;
      const { object } = job;
      const { restartPolicy } = job.pod;
      if (restartPolicy.value === 'Never') continue;
      // `field-type` reports a list or map.
      if (restartPolicy.value === undefined && job.pod.view.get('restartPolicy').exists) continue;
      // If the script hides the failure, nothing is restarted: `migration-command` reports that.
      if (restartPolicy.value === 'OnFailure' && hidesFailure(migration)) continue;
      const effect = restartPolicy.value === 'OnFailure' ? judgeRetry(migration) : undefined;
      report({
        message: `${describeObject(object)} ${describe(restartPolicy.value, effect)}.`,
        at: restartPolicy.place.at,
        related: restartPolicy.value === undefined ? [] : historyOf(restartPolicy.place, 'policy'),
        object: referTo(object),
        field: restartPolicy.path,
        hint: 'Set `restartPolicy: Never` in the pod template.',
        reasons,
        fix: {
          title: 'Set `restartPolicy` to `Never`',
          safe: effect?.isHarmless !== true,
          changes: [setField(restartPolicy, 'Never')],
        },
        severity: effect?.isHarmless ? 'warning' : undefined,
      });
    }
  },
};

function describe(policy: string | undefined, retry: RetryEffect | undefined): string {
  if (policy === undefined) {
    return 'leaves `restartPolicy` of its pod template unset, which means `Always`: the API server refuses such a Job';
  }
  if (retry === undefined) return `sets \`restartPolicy\` to \`${policy}\`: the API server refuses such a Job`;
  return `sets \`restartPolicy\` to \`OnFailure\`: whatever \`backoffLimit\` says, a failed migration is restarted in the same pod${retry.clause}`;
}

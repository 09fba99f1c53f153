import type { Rule } from '../lint/rule.ts';
import { explainMismatch } from '../model/waiters/mismatches/name-mismatch.ts';
import { unmatchedTargets } from '../model/waiters/mismatches/unmatched-target.ts';
import { waitedNamespace } from '../model/waiters/target-match.ts';
import { describeStuck, describeWaiter, reasonFor } from '../model/waiters/waiter.ts';
import { referTo } from '../objects/kubernetes-object.ts';
import { asSentence } from '../text/as-sentence.ts';

/** A waiter that looks for its Job in another namespace than the Job's. */
export const waitNamespace: Rule = {
  id: 'wait-namespace',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: 'An init container looks for the migration Job in another namespace',
    symptom:
      'The new pods stay in `Init:0/1` or `Init:CrashLoopBackOff`; the log of the init container says `jobs.batch "…" not found`, although `kubectl get jobs -A` lists the Job.',
    why: "A waiter looks in its own pod's namespace unless it is given `-n`. If the Job is in another one, because of its manifest, a `namespace:` that reaches only one of the two, or a stale `-n`, the waiter never finds it. Namespaces are compared after the build. If the tree names no namespace for one of the two, they are assumed to be together.",
    fix: "Put both into one namespace, or say where the Job is:\n\n```yaml\nargs: [job-wr, myapp-migration-v1.4.0, -n, jobs]\n```\n\nThe pod's service account then needs its role in that namespace.",
    links: ['https://github.com/groundnuty/k8s-wait-for'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const match of unmatchedTargets(model)) {
      if (match.near?.how !== 'other namespace') continue;
      const { target, waiter } = match;
      const argument = target.kind === 'name' ? target.name : target.selector;
      const what = target.kind === 'name' ? `Job \`${argument.value}\`` : `Jobs with \`${argument.value}\``;
      const mismatch = explainMismatch(model, match, argument);
      report({
        message: `${describeWaiter(waiter)} waits for ${what} in namespace \`${waitedNamespace(waiter) ?? ''}\`${waiter.namespace === undefined ? ', its own' : ''}, but ${mismatch.clause}. ${asSentence(describeStuck(waiter))}`,
        at: mismatch.at,
        related: mismatch.related,
        object: referTo(waiter.workload.object),
        field: argument.path,
        hint: mismatch.hint,
        reasons: [reasonFor(waiter)],
      });
    }
  },
};

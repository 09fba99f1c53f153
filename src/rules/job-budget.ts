import type { Rule } from '../lint/rule.ts';
import { serviceKinds } from '../model/releases/service-kind.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';
import { findSelectingLabel, selectsPods } from '../objects/pod-selector.ts';

/** A PodDisruptionBudget that also selects the pods of a migration. */
export const jobBudget: Rule = {
  id: 'job-budget',
  severity: 'warning',
  category: 'job',
  docs: {
    summary: 'A PodDisruptionBudget also counts the pods of the migration Job, and then allows no disruption',
    symptom:
      "`kubectl drain` and the upgrade of a node pool hang with `Cannot evict pod as it would violate the pod's disruption budget`. `kubectl describe pdb` shows `CalculateExpectedPodCountFailed … jobs.batch does not implement the scale subresource`.",
    why: "For `maxUnavailable`, and for `minAvailable` in percent, Kubernetes asks the controllers of the selected pods how many there should be. A Job has no such number, so the calculation fails, and no pod of the budget may be evicted, those of the service included. The pods of the migration are selected if the Job's pod template was copied from the Deployment's, or if a kustomization puts its labels on all pods and selectors.\n\nNot reported:\n\n- a budget with a number as `minAvailable`, which needs no count\n- a budget that selects no pods of a Deployment or the like",
    fix: "Give the Job's pods labels of their own:\n\n```yaml\nspec:\n  template:\n    metadata:\n      labels:\n        app: myapp-migration\n```",
    links: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const { job, reasons } of model.migrations) {
      for (const budget of model.budgets().filter((each) => selectsPods(each, job))) {
        const meant = model.workloads.find((each) => serviceKinds.has(each.object.kind) && selectsPods(budget, each));
        if (meant === undefined) continue;
        const by = findSelectingLabel(budget, job);
        const label = by?.label ?? job.object.name;
        const [name, other] = [describeObject(budget.object), describeObject(meant.object)];
        report({
          message: `${name} is for the pods of ${other}, and selects those of ${describeObject(job.object)} as well: Kubernetes cannot count them for \`${budget.amount.path.replace('spec.', '')}\`, and while they exist no node with pods of ${other} can be drained.`,
          at: label.place.at,
          related: by?.related ?? historyOf(label.place, 'name'),
          object: referTo(job.object),
          field: label.path,
          hint:
            by === undefined
              ? `Let ${name} select by a label of ${other}.`
              : `Give the Job's pods another \`${by.key}\` than those of ${other}, or let ${name} select by a label that the Job's pods do not have.`,
          reasons,
        });
      }
    }
  },
};

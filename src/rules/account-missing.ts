import type { Rule } from '../lint/rule.ts';
import { findMissingAccount } from '../model/access/missing-account.ts';
import { releaseWorkloads } from '../model/releases/dependents.ts';
import { describeObject, pointAtName, referTo, writtenName } from '../objects/kubernetes-object.ts';
import { historyOf, joinRelated } from '../objects/place.ts';

/** A release whose pods run as a ServiceAccount that does not exist. */
export const accountMissing: Rule = {
  id: 'account-missing',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'The migration Job or the service runs as a ServiceAccount that does not exist',
    symptom:
      'The Job exists and never starts a pod: `kubectl describe job` shows `FailedCreate … error looking up service account shop/shop-migration: serviceaccount "shop-migration" not found`. The service waits for it until its rollout times out.',
    why: 'The API server refuses a pod whose ServiceAccount does not exist, after the Job or Deployment was accepted. The rule reports a name that is close to that of an account in the same build that no other pods run as, and the name that an account had before the build changed it: kustomize does not change references in objects that it does not know, such as an Argo Rollout.\n\nNot reported:\n\n- other names, which may belong to accounts outside the tree\n- pods that wait for a Job: `wait-rbac` reports their accounts\n- when part of the tree was not built',
    fix: '```yaml\nspec:\n  template:\n    spec:\n      serviceAccountName: myapp-migration\n```',
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/'],
    since: '0.1.0',
  },
  check(model, report) {
    const waiting = new Set(model.waiters.flatMap(({ kind, workload }) => (kind === 'job' ? workload : [])));
    for (const workload of releaseWorkloads(model)) {
      const missing = waiting.has(workload) ? undefined : findMissingAccount(model, workload);
      if (missing === undefined) continue;
      const { named, near, how } = missing;
      const meant = near.object.name.value ?? '';
      const clause =
        how === 'typo'
          ? `which this build does not contain (did you mean \`${meant}\`?)`
          : `which the build renames to \`${meant}\`, but not here`;
      report({
        message: `${describeObject(workload.object)} runs as ServiceAccount \`${named.value}\`, ${clause}: the API server refuses its pods, and none ever starts.`,
        at: named.place.at,
        related: joinRelated(historyOf(named.place, 'account'), [pointAtName(near.object)]),
        object: referTo(workload.object),
        field: named.path,
        hint:
          how === 'typo'
            ? `Write \`${writtenName(near.object)}\`.`
            : `Tell kustomize about the references in a ${workload.object.kind} with \`nameReference\` in a file under \`configurations\`.`,
      });
    }
  },
};

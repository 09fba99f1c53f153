import type { Rule } from '../lint/rule.ts';
import { judgeJobName } from '../model/jobs/job-version.ts';
import { waitsByName } from '../model/waiters/target-match.ts';
import { describeObject, type KubernetesObject, referTo } from '../objects/kubernetes-object.ts';

/** A versioned Job that Flux deletes while pods of the old version still wait for it. */
export const fluxPruneJob: Rule = {
  id: 'flux-prune-job',
  severity: 'info',
  category: 'flux',
  strict: true,
  docs: {
    summary: 'Flux deletes the migration Job of the running version as soon as the next one is applied',
    symptom:
      'The new migration fails, the old pods keep running, and then one of them moves to another node. It stays in `Init:0/1` or `Init:CrashLoopBackOff`, because the Job that it waits for is gone. The service loses pods although nobody changes anything.',
    why: 'A Job with the version in its name is not part of the next revision, so `prune: true` deletes it when that revision is applied. Pods of the old version that restart later still wait for it by name. This matters only while a rollout is under way or stuck, so the rule is in the preset `strict`. It looks at Jobs with a versioned name that an init container waits for by name, under a Flux Kustomization with `prune: true`.',
    fix: 'Let Flux keep the Job, and have Kubernetes delete it long after the release:\n\n```yaml\nmetadata:\n  annotations:\n    kustomize.toolkit.fluxcd.io/prune: disabled\nspec:\n  ttlSecondsAfterFinished: 604800\n```\n\nOr let the init container check the schema itself instead of the Job.',
    links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#prune'],
    since: '0.1.0',
  },
  check(model, report) {
    const pruning = model.applier.flux.find(({ prune }) => prune.value === true);
    if (pruning === undefined) return;
    for (const migration of model.migrations) {
      const { object } = migration.job;
      const [wait] = waitsByName(model.matches, migration.job);
      if (wait === undefined || keepsJob(object) || judgeJobName(model, migration).kind !== 'versioned') continue;
      report({
        message: `${describeObject(object)} is deleted by ${describeObject(pruning.object)} (\`prune: true\`) as soon as the next version is applied: old pods of ${describeObject(wait.waiter.workload.object)} that restart before the next migration has succeeded wait for a Job that is gone.`,
        at: object.annotationsPlace.at,
        related: [
          { at: pruning.prune.place.at, note: 'pruned by this' },
          {
            at: wait.target.kind === 'name' ? wait.target.name.place.at : object.name.place.at,
            note: 'waited for here',
          },
        ],
        object: referTo(object),
        field: 'metadata.annotations',
        hint: 'Add the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` to the Job.',
        reasons: migration.reasons,
      });
    }
  },
};

/** Flux reads the annotation and the label of the same name. */
function keepsJob({ annotations, labels }: KubernetesObject): boolean {
  const key = 'kustomize.toolkit.fluxcd.io/prune';
  return [annotations.get(key), labels.get(key)].some((field) => field?.value.toLowerCase() === 'disabled');
}

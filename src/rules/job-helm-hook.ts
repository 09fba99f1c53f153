import type { Rule } from '../lint/rule.ts';
import { isBuiltForKubectl } from '../model/appliers/deployment.ts';
import { describeObject, referTo } from '../model/objects/kubernetes-object.ts';
import { historyOf } from '../model/objects/place.ts';

/** A Helm hook where no Helm runs. */
export const jobHelmHook: Rule = {
  id: 'job-helm-hook',
  severity: 'warning',
  category: 'job',
  docs: {
    summary: 'A Helm hook on the migration Job has no effect here',
    symptom:
      'The Job is applied along with everything else instead of before the upgrade, and an earlier one is not deleted: `field is immutable`, or a service that starts beside its migration.',
    why: "`helm.sh/hook` is read by Helm when it installs a chart. A Job that was rendered or copied out of a chart into a kustomization keeps the annotation, and to kustomize, kubectl and Flux's kustomize-controller it is text like any other: no `pre-upgrade`, no delete policy, no weight. Argo CD takes Helm's hooks for its own, so there the rule is silent, and where nothing tells who applies the tree: neither an object nor a script or document of the repository that hands it to kubectl.",
    fix: 'Remove the `helm.sh/hook…` annotations; put the version into the name, an init container that waits into the service, and `kustomize.toolkit.fluxcd.io/force: Enabled` on the Job.',
    links: ['https://helm.sh/docs/topics/charts_hooks/'],
    since: '0.1.0',
  },
  check(model, report) {
    const isKubectl = model.applier.kind === 'kubectl' || isBuiltForKubectl(model);
    if (model.applier.kind !== 'flux' && !isKubectl) return;
    const by = isKubectl ? 'kubectl' : 'Flux';
    const why =
      model.applier.kind === 'unknown'
        ? 'a script or a document of the repository hands the tree to it'
        : model.applier.why;
    for (const { job, reasons } of model.migrations) {
      const hook = job.object.annotations.get('helm.sh/hook');
      if (hook === undefined) continue;
      report({
        message: `${describeObject(job.object)} has \`helm.sh/hook: ${hook.value}\`, which means nothing to ${by}: the Job is applied together with everything else.`,
        at: hook.place.at,
        related: historyOf(hook.place, 'hook'),
        object: referTo(job.object),
        field: hook.path,
        hint: 'Remove the annotation, and let an init container of the service wait for the Job.',
        reasons: [...reasons, `applied by ${by}: ${why}`],
      });
    }
  },
};

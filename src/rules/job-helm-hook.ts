import type { Rule } from '../lint/rule.ts';
import { isArgoHook } from '../model/order/argo-phases.ts';
import type { RootModel } from '../model/root-model.ts';
import { findBuildForKubectl, isStagedByScript } from '../model/scripts/scripted-apply.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';

/** A Helm hook in a tree that Helm does not install. */
export const jobHelmHook: Rule = {
  id: 'job-helm-hook',
  severity: 'warning',
  category: 'job',
  docs: {
    summary: 'A Helm hook on the migration Job has no effect here',
    symptom:
      'The Job is applied along with everything else instead of before the upgrade, and an earlier one is not deleted: `field is immutable`, or a service that starts while its migration is running.',
    why: "Helm reads `helm.sh/hook` when it installs a chart. A Job that was rendered or copied from a chart into a kustomization keeps the annotation, but kustomize, kubectl and Flux's kustomize-controller do not act on it: no `pre-upgrade`, no delete policy, no weight.\n\nNot reported:\n\n- under Argo CD, which treats Helm's hooks as its own, or when the Job is a hook of Argo CD as well\n- when a script or document applies the Job first and waits for it\n- when neither an object shows who applies the tree, nor a script or document of the repository hands it to kubectl",
    fix: 'Remove the `helm.sh/hook…` annotations. Put the version into the name of the Job, set `kustomize.toolkit.fluxcd.io/force: Enabled` on it, and add an init container that waits to the service.',
    links: ['https://helm.sh/docs/topics/charts_hooks/'],
    since: '0.1.0',
  },
  check(model, report) {
    const hooked = model.migrations.flatMap((migration) => {
      const { object } = migration.job;
      const hook = object.annotations.get('helm.sh/hook');
      // A Job with hooks of several appliers is meant to work with each of them.
      return hook === undefined || isArgoHook(object) ? [] : [{ ...migration, hook }];
    });
    const applied = hooked.length === 0 ? undefined : findApplierWithoutHooks(model);
    if (applied === undefined) return;
    for (const { job, reasons, hook } of hooked) {
      report({
        message: `${describeObject(job.object)} has \`helm.sh/hook: ${hook.value}\`, which means nothing to ${applied.by}: the Job is applied together with everything else.`,
        at: hook.place.at,
        related: historyOf(hook.place, 'hook'),
        object: referTo(job.object),
        field: hook.path,
        hint: 'Remove the annotation, and let an init container of the service wait for the Job.',
        reasons: [...reasons, `applied by ${applied.by}: ${applied.why}`],
      });
    }
  },
};

/** Who applies the tree, and how that is known, if it knows no hooks of Helm and no script runs the Job first. */
function findApplierWithoutHooks(model: RootModel): { readonly by: string; readonly why: string } | undefined {
  const { kind, why } = model.applier;
  if (kind === 'flux') return { by: 'Flux', why };
  const shown = kind === 'kubectl' ? why : findBuildForKubectl(model)?.why;
  return shown === undefined || isStagedByScript(model) ? undefined : { by: 'kubectl', why: shown };
}

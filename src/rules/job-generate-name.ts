import type { Rule } from '../lint/rule.ts';
import { isArgoHook } from '../model/order/argo-phases.ts';
import type { RootModel } from '../model/root-model.ts';
import { isCreatedByScript } from '../model/scripts/scripted-apply.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';

/** A migration Job whose name the cluster generates. */
export const jobGenerateName: Rule = {
  id: 'job-generate-name',
  severity: 'error',
  category: 'job',
  docs: {
    summary: 'The migration Job has `generateName` and no name',
    symptom:
      '`missing metadata.name in object` from `kubectl kustomize` and Flux (`BuildFailed`), and nothing of the release is applied. Or `cannot use generate name with apply` from `kubectl apply`.',
    why: 'With `generateName` the API server generates a new name for each object it creates. kustomize and Flux build no object without a name, and `kubectl apply` refuses it. Only `kubectl create`, and Argo CD hooks in plain manifests, can use it. And no init container can wait for a name that nobody knows in advance. In plain manifests, which somebody may create instead of apply, this is a warning.\n\nNot reported in plain manifests:\n\n- Argo CD hooks\n- a file that a script of the repository, or an example in one of its documents, hands to `kubectl create`',
    fix: 'Give the Job a name that carries the version, which also changes with each release:\n\n```yaml\nmetadata:\n  name: myapp-migration-v1.4.0\n```',
    links: ['https://kubernetes.io/docs/reference/using-api/api-concepts/#generated-values'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const { job, reasons } of model.unnamedMigrations) {
      const { object } = job;
      if (!isRefused(model) && (isArgoHook(object) || isCreatedByScript(model, object))) continue;
      report({
        message: `${describeObject(object)} has \`generateName\` and no name: ${consequence(model)}.`,
        at: object.name.place.at,
        related: [],
        object: referTo(object),
        field: object.name.path,
        hint: `Write \`name:\` with the version of the release at its end, such as \`${(object.name.value ?? '').replace(/-$/, '')}-v1.4.0\`.`,
        reasons,
        severity: isRefused(model) ? undefined : 'warning',
      });
    }
  },
};

/** Whether kustomize has to build the Job. Flux generates a kustomization for a folder that has none. */
function isRefused({ kustomized, applier }: RootModel): boolean {
  return kustomized || applier.kind === 'flux';
}

function consequence(model: RootModel): string {
  return isRefused(model)
    ? 'kustomize refuses such an object, and nothing of this tree is built'
    : '`kubectl apply` refuses such an object, and no init container can know the name that the cluster generates';
}

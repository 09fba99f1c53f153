import type { Rule } from '../lint/rule.ts';
import { findRefusedFields } from '../model/fields/refused-field.ts';
import { concernedWorkloads } from '../model/releases/dependents.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';

/** Fields of a release that the API server does not take together. */
export const fieldRefused: Rule = {
  id: 'field-refused',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'The API server refuses the migration Job or the service for fields that do not go together',
    symptom:
      'The apply is refused: `valueFrom: Invalid value: "": may not be specified when value is not empty`, `image: Required value`, `volumeMounts[0].name: Not found`, `selector does not match template labels`, or for a Job `` `selector` not auto-generated ``. Everything else in the tree may have been applied.',
    why: "A strategic merge patch is merged with what is there. A patch that sets `valueFrom` for a variable leaves the base's `value` beside it, and a patch for a container that has another name adds a container without an image. `kustomize build` prints the result without a complaint. The rule looks at the Job, Deployment, StatefulSet or DaemonSet of a release, and for the missing image also at a Rollout: kustomize knows no merge keys for custom resources, so a patch with one field of a container replaces all containers.\n\nA Job needs no `spec.selector`: Kubernetes makes one and refuses any other, unless the Job has `manualSelector: true`.",
    fix: 'Remove in the patch what it takes the place of:\n\n```yaml\nenv:\n  - name: DATABASE_HOST\n    value: null\n    valueFrom:\n      configMapKeyRef: {name: myapp-config, key: host}\n```',
    links: [
      'https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/#use-a-strategic-merge-patch-to-update-a-deployment',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    for (const workload of concernedWorkloads(model)) {
      const { object } = workload;
      const effect =
        object.kind === 'Rollout'
          ? 'Argo Rollouts calls its spec invalid, and no new pod starts'
          : 'the apply is refused';
      for (const { view, what, hint } of findRefusedFields(workload)) {
        report({
          message: `${describeObject(object)} ${what}: ${effect}.`,
          at: view.place.at,
          related: historyOf(view.place, 'field'),
          object: referTo(object),
          field: view.path,
          hint,
        });
      }
    }
  },
};

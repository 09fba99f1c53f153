import type { Report, Rule } from '../lint/rule.ts';
import { findRefusedFields, findRefusedInRollout, type RefusedField } from '../model/fields/refused/refused-field.ts';
import { concernedWorkloads, concernsMigrations } from '../model/releases/dependents.ts';
import { describeObject, type KubernetesObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';

/** Fields of a release that the API server does not take together. */
export const fieldRefused: Rule = {
  id: 'field-refused',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'The API server refuses an object of the release for fields or parts that do not go together',
    symptom:
      'The apply is refused: `valueFrom: Invalid value: "": may not be specified when value is not empty`, `image: Required value`, `volumeMounts[0].name: Not found`, `containers[1].name: Duplicate value`, `rollingUpdate: Forbidden`, `selector does not match template labels`, or for a Job `` `selector` not auto-generated ``. Everything else in the tree may have been applied.',
    why: "A strategic merge patch is merged with what is there. A patch that sets `valueFrom` for a variable leaves the base's `value` beside it, `type: Recreate` leaves `rollingUpdate` there, and a patch for a container that has another name adds a container without an image. What is copied from another manifest brings along what its place does not take, such as a readiness probe in an init container, or `restartPolicy: Never` in a Deployment. `kustomize build` prints the result without a complaint.\n\nThe rule looks at the workloads, ConfigMaps, Secrets, Services, Roles and bindings of a tree with a migration:\n\n- two values of a variable, volume, probe or hook\n- two containers, volumes, mounts or ports of one name, path or number\n- mounts of volumes that do not exist, and labels that the pods do not have\n- requests above their limits\n- fields for other pods or modes, such as `backoffLimitPerIndex` without `completionMode: Indexed`\n- keys that a Secret of its type must have\n- subjects and roles that a binding cannot have, and rules of Roles without API groups or resources\n\nThe server-side apply of Flux also refuses a variable or port that a container has twice. Of a Rollout only the missing image is known: kustomize knows no merge keys for custom resources, so a patch with one field of a container replaces all containers.\n\nA Job needs no `spec.selector`: Kubernetes makes one and refuses any other, unless the Job has `manualSelector: true`.",
    fix: 'Remove in the patch what it takes the place of:\n\n```yaml\nenv:\n  - name: DATABASE_HOST\n    value: null\n    valueFrom:\n      configMapKeyRef: {name: myapp-config, key: host}\n```',
    links: [
      'https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/#use-a-strategic-merge-patch-to-update-a-deployment',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    if (!concernsMigrations(model)) return;
    const isServerSide = model.applier.kind === 'flux';
    for (const standard of model.standardObjects()) {
      for (const refused of findRefusedFields(standard, isServerSide)) {
        reportField(standard.object, refused, 'the apply is refused', report);
      }
    }
    for (const workload of concernedWorkloads(model)) {
      for (const refused of findRefusedInRollout(workload)) {
        reportField(workload.object, refused, 'Argo Rollouts calls its spec invalid, and no new pod starts', report);
      }
    }
  },
};

function reportField(
  object: KubernetesObject,
  { view, what, hint }: RefusedField,
  effect: string,
  report: Report,
): void {
  report({
    message: `${describeObject(object)} ${what}: ${effect}.`,
    at: view.place.at,
    related: historyOf(view.place, 'field'),
    object: referTo(object),
    field: view.path,
    hint,
  });
}

import { renameField } from '../findings/field-change.ts';
import type { Report, Rule } from '../lint/rule.ts';
import { judgedObjects } from '../model/fields/release-faults.ts';
import { findStrayAnnotations, findStrayFields, type StrayField } from '../model/fields/stray-field.ts';
import { describeObject, type KubernetesObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';

/** A field of a release whose name or level is wrong. */
export const fieldUnknown: Rule = {
  id: 'field-unknown',
  severity: 'error',
  category: 'tree',
  docs: {
    summary: 'A field of the migration Job, the service or what they need is misspelt, or at the wrong level',
    symptom:
      'The apply is refused with `unknown field "spec.backofLimit"` or `field not declared in schema`. If validation is off, the field is silently dropped, and the Job has six retries, or the pods have none of their settings.',
    why: 'kustomize passes on any field. kubectl has the API server refuse unknown fields, and so do the server-side applies of Flux. The rule looks at the workloads, ConfigMaps, Secrets, Services, ServiceAccounts, Roles and bindings of a tree with a migration, with everything in them. Of an Argo CD Application or a Flux Kustomization it looks only for annotations, such as a sync wave, that are written beside `annotations`. It reports a name that is a typo or two away from a field of that level, and a field that belongs to another level of the object, such as `backoffLimit` beside `containers`.\n\nNot reported:\n\n- other unknown fields, which a later Kubernetes may have',
    fix: 'Correct the name, or move the field to where it belongs:\n\n```yaml\nspec:\n  backoffLimit: 0\n  template:\n    spec:\n      restartPolicy: Never\n```',
    fixing: {
      safe: 'no',
      how: 'Renames a misspelt field. Not safe: which field is meant is a guess, and what Kubernetes dropped until now takes effect.',
    },
    links: ['https://kubernetes.io/docs/reference/using-api/api-concepts/#setting-the-field-validation-level'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const object of model.listed.filter(isApplier)) {
      for (const stray of findStrayAnnotations(object)) reportField(object, stray, report);
    }
    for (const standard of judgedObjects(model)) {
      for (const stray of findStrayFields(standard)) reportField(standard.object, stray, report);
    }
  },
};

/** Whether an object has Argo CD or Flux apply a tree, in an order that its annotations may set. */
function isApplier({ apiVersion, kind }: KubernetesObject): boolean {
  return apiVersion.startsWith('argoproj.io/')
    ? kind === 'Application' || kind === 'ApplicationSet'
    : kind === 'Kustomization';
}

function reportField(object: KubernetesObject, { view, key, meant, home }: StrayField, report: Report): void {
  report({
    message: `${describeObject(object)} has \`${view.path}\`, a field that Kubernetes does not have there: the apply is refused, or the field is silently dropped.`,
    at: view.keyPlace.at,
    related: historyOf(view.keyPlace, 'field'),
    object: referTo(object),
    field: view.path,
    hint: meant === undefined ? `Move \`${key}\` to ${home}.` : `Did you mean \`${meant}\`?`,
    fix:
      meant === undefined
        ? undefined
        : { title: `Rename it to \`${meant}\``, safe: false, changes: [renameField(view, key, meant)] },
  });
}

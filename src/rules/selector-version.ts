import { isForced } from '../flux/force.ts';
import type { Rule } from '../lint/rule.ts';
import { releaseWorkloads } from '../model/releases/dependents.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';
import { imageVersion } from '../objects/version.ts';

/** A workload whose selector carries the version. */
export const selectorVersion: Rule = {
  id: 'selector-version',
  severity: 'error',
  category: 'service',
  docs: {
    summary: "The service's selector carries the version of the release, and a selector cannot be changed",
    symptom:
      'The first release works. The next is refused with `Deployment.apps "myapp" is invalid: spec.selector: Invalid value: … field is immutable`, while its migration has been applied.',
    why: 'The selector of a Deployment, StatefulSet or DaemonSet is immutable. `commonLabels`, and `labels` with `includeSelectors: true`, write their labels into selectors too. A label with the version among them changes the selector with each release. The rule reports a label of the selector whose value is the tag of one of the images.\n\nNot reported:\n\n- values that are too short to be a version of a release, such as the `v1` of a service mesh\n- a workload that Flux recreates (`kustomize.toolkit.fluxcd.io/force`)',
    fix: 'Keep the version out of selectors:\n\n```yaml\nlabels:\n  - pairs:\n      app.kubernetes.io/part-of: shop\n    includeSelectors: true\n  - pairs:\n      app.kubernetes.io/version: 1.4.0\n    includeTemplates: true\n```',
    links: [
      'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates',
      'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/labels/',
    ],
    since: '0.1.0',
  },
  check(model, report) {
    const { flux } = model.applier;
    if (flux.length > 0 && flux.every(({ force }) => force.value === true)) return;
    for (const workload of releaseWorkloads(model)) {
      const { object, pod, view } = workload;
      if (!fixedSelectors.has(object.kind) || isForced(object)) continue;
      const versions = new Set(pod.containers.map(({ image }) => imageVersion(image.value ?? '')));
      const labels = view.get('spec', 'selector', 'matchLabels').textMap();
      for (const [key, label] of labels) {
        if (!versions.has(label.value) || !changes.test(label.value)) continue;
        report({
          message: `${describeObject(object)} selects its pods by \`${key}: ${label.value}\`, the version of its image: a selector cannot be changed, so the next release is refused.`,
          at: label.place.at,
          related: historyOf(label.place, 'label'),
          object: referTo(object),
          field: label.path,
          hint: `Take \`${key}\` out of the labels that are written into selectors (\`includeSelectors\`, \`commonLabels\`). On an object that exists, the selector can only be changed by deleting it.`,
        });
      }
    }
  },
};

/** The kinds whose selector the API server never changes. */
const fixedSelectors: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

/** A version of several numbers, a date or a commit. */
const changes = /\d[._-]\d|^[0-9a-f]{7,40}$|\d{8}/;

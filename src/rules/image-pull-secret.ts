import type { Rule } from '../lint/rule.ts';
import { findMissingCredentials } from '../model/access/pull-secrets.ts';
import { dependentsOf } from '../model/releases/dependents.ts';
import { describeObject, referTo, writtenName } from '../objects/kubernetes-object.ts';

/** A migration without the service's credentials for the registry of its image. */
export const imagePullSecret: Rule = {
  id: 'image-pull-secret',
  severity: 'warning',
  category: 'service',
  docs: {
    summary: "The migration Job pulls its image without the service's `imagePullSecrets`",
    symptom:
      "The Job's pod stays in `ImagePullBackOff` with `pull access denied` or `unauthorized`, while the service's image, from the same registry, is pulled.",
    why: 'The kubelet pulls an image with the `imagePullSecrets` of the pod, or else with those of its ServiceAccount. A Job that names neither runs as `default` and does not get what the account of the service has. The rule compares images in the same folder of a registry. Nodes may have credentials of their own, and so may a `default` account that the tree does not hold, so this is a warning.\n\nNot reported:\n\n- a Job that runs as an account outside the tree\n- images without a registry in their name',
    fix: '```yaml\nspec:\n  template:\n    spec:\n      imagePullSecrets:\n        - name: registry\n```',
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const migration of model.migrations) {
      const { object } = migration.job;
      for (const service of dependentsOf(model.releases, migration)) {
        const missing = findMissingCredentials(model, migration, service);
        if (missing === undefined) continue;
        const { container, from, account, isAccountKnown } = missing;
        const other = describeObject(service.workload.object);
        report({
          message: `${describeObject(object)} has no \`imagePullSecrets\` for \`${container.image.value ?? ''}\`, while ${other} gets them for the same registry from its ${account === undefined ? 'pod template' : describeObject(account)}: unless the nodes${isAccountKnown ? '' : ' or the account `default`'} have them, its pod stays in \`ImagePullBackOff\`.`,
          at: container.name.place.at,
          related: [{ at: from.at, note: `${other} gets them from here` }],
          object: referTo(object),
          field: 'spec.template.spec.imagePullSecrets',
          hint:
            account === undefined
              ? "Give the Job's pod template the same `imagePullSecrets`."
              : `Give the Job's pod template the same \`imagePullSecrets\`, or \`serviceAccountName: ${writtenName(account)}\`.`,
          reasons: migration.reasons,
        });
        break;
      }
    }
  },
};

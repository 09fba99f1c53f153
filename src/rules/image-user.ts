import type { Report, Rule } from '../lint/rule.ts';
import { findRefusedUsers, type RefusedUser } from '../model/images/refused-user.ts';
import { describeContainer } from '../objects/describe-container.ts';
import { referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';

/** A container that must not run as root, with an image of root or of a user that the kubelet cannot judge. */
export const imageUser: Rule = {
  id: 'image-user',
  severity: 'error',
  category: 'service',
  docs: {
    summary: 'A container with `runAsNonRoot` runs as root, or as a user that has only a name',
    symptom:
      'The pod stays in `CreateContainerConfigError`: `container has runAsNonRoot and image has non-numeric user (app), cannot verify user is non-root`, or `… and image will run as root`. The migration never starts, and neither does what waits for it.',
    why: "With `runAsNonRoot: true` the kubelet looks at the user before it starts a container. Without `runAsUser`, that is the last `USER` of the image's Dockerfile. The kubelet does not read the image's `/etc/passwd`, so it refuses a name, even of a user that is not root.\n\nThe rule reads the Dockerfiles of the repository, if a pipeline shows which image is built from which, or if a Dockerfile is named for the migration.\n\nNot reported:\n\n- images whose user comes from a base image, except Docker's own ones that run as root, such as `node` or `python`",
    fix: 'Write the number of the user in the Dockerfile:\n\n```dockerfile\nRUN adduser --uid 10001 --disabled-password app\nUSER 10001\n```\n\nOr set it in the pod:\n\n```yaml\nsecurityContext:\n  runAsNonRoot: true\n  runAsUser: 10001\n```',
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const refused of findRefusedUsers(model)) reportUser(refused, report);
  },
};

function reportUser({ workload: { object }, container, runAsNonRoot, user }: RefusedUser, report: Report): void {
  const effect = 'the container is never started (`CreateContainerConfigError`).';
  const subject = `${describeContainer(container, object)} has \`runAsNonRoot: true\``;
  const common = { object: referTo(object), field: runAsNonRoot.path };
  if ('path' in user) {
    report({
      ...common,
      message: `${subject} and \`runAsUser: 0\`, which is root: ${effect}`,
      at: user.place.at,
      related: [...historyOf(user.place, 'number'), { at: runAsNonRoot.place.at, note: 'root is forbidden here' }],
      hint: 'Set `runAsUser` to a number other than 0.',
    });
    return;
  }
  const isRoot = /^(root|0+)$/.test(user.user);
  report({
    ...common,
    message: isRoot
      ? `${subject}, and its image runs as root: ${effect}`
      : `${subject}, and its image runs as \`${user.user}\`, a name that the kubelet cannot check: ${effect}`,
    at: runAsNonRoot.place.at,
    related: [
      ...historyOf(runAsNonRoot.place, 'field'),
      { at: user.setBy.at, note: 'the user of the image is set here' },
    ],
    hint: isRoot
      ? 'Add a user to the image, and name it by its number: `USER 10001`.'
      : 'Write the number of the user in the Dockerfile, such as `USER 10001`, or set `runAsUser` to it.',
  });
}

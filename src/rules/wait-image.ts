import type { Rule } from '../lint/rule.ts';
import { describeStuck, describeWaiter, type JobWaiter, type Waiter } from '../model/waiters/waiter.ts';
import { judgeWaiterImage, lacksKubectl, type WaiterImageFault } from '../model/waiters/waiter-image.ts';
import { imageOf } from '../objects/image.ts';
import { referTo } from '../objects/kubernetes-object.ts';
import { historyOf } from '../objects/place.ts';
import { shells } from '../shell/shells.ts';
import { baseName } from '../text/base-name.ts';

/** A waiter whose image misreads the Job's status, has no kubectl, can change, or is no longer published. */
export const waitImage: Rule = {
  id: 'wait-image',
  severity: 'error',
  category: 'wait',
  docs: {
    summary: "The waiter's image misreads the Job, has no kubectl, can change, or is no longer published",
    symptom:
      'With a version that misreads the status: pods that pass their init container at once, or never. With a withdrawn image: `Init:ErrImagePull` and `Init:ImagePullBackOff` on the next node that has to pull it.',
    why: "k8s-wait-for reads the line `Pods Statuses:` that `kubectl describe` prints. Its versions 1.2 to 1.7 cannot read the form with `(N Ready)`, which every current cluster prints: an error. `kubectl` in an image that is known not to have it (`busybox`, `alpine`, `postgres`) is an error, too. A tag that moves (`latest`, or none) may bring another kubectl or another script from one pod to the next, and of Docker Hub's `bitnami/kubectl` only `latest` is still published freely: warnings. A tag of 64 hexadecimal digits is a digest that lacks its `@sha256:`, an error.\n\nNot reported:\n\n- later versions of k8s-wait-for\n- digests\n- a `kubectl` that the script may install, or that a volume may hold",
    fix: '```yaml\nimage: groundnuty/k8s-wait-for:v2.0\n```',
    links: ['https://github.com/groundnuty/k8s-wait-for', 'https://github.com/bitnami/containers/issues/83267'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const waiter of model.waiters) {
      const { image } = waiter.container;
      const fault = waiter.kind === 'job' ? judge(waiter) : undefined;
      if (fault === undefined) continue;
      report({
        message: `${describeWaiter(waiter)} has image \`${image.value ?? ''}\`, ${describeFault(fault, waiter)}.`,
        at: image.place.at,
        related: historyOf(image.place, 'image'),
        object: referTo(waiter.workload.object),
        field: image.path,
        hint: suggest(fault, waiter),
        severity: fault.kind === 'withdrawn' || fault.kind === 'mutable' ? 'warning' : undefined,
      });
    }
  },
};

type Fault = WaiterImageFault | { readonly kind: 'without kubectl' };

function judge(waiter: JobWaiter): Fault | undefined {
  return lacksKubectl(waiter) ? { kind: 'without kubectl' } : judgeWaiterImage(waiter.container);
}

function describeFault(fault: Fault, waiter: Waiter): string {
  switch (fault.kind) {
    case 'unreadable':
      return `whose version ${fault.version} cannot read the Job's status as current clusters print it: the service starts too soon, or never`;
    case 'withdrawn':
      return 'which Docker Hub no longer has (only `latest` is still published freely): a node that does not have this image yet cannot fetch it, and the pods stay in `Init:ImagePullBackOff`';
    case 'digest as tag':
      return 'whose tag is a digest: no image has that tag, and the pods stay in `Init:ImagePullBackOff`';
    case 'without kubectl':
      return `which has no \`kubectl\`: the wait fails at each start, and ${describeStuck(waiter)}`;
    case 'mutable':
      return fault.tag === undefined
        ? 'which has no tag and so means `latest`: what waits may change from one pod to the next'
        : `whose tag \`${fault.tag}\` moves: what waits may change from one pod to the next`;
  }
}

function suggest(fault: Fault, { container }: Waiter): string {
  if (fault.kind === 'digest as tag') return `Write \`${fault.repository}@sha256:${fault.tag}\`.`;
  const { kind } = fault;
  const isWaitFor = /k8s-wait-for/.test(container.image.value ?? '');
  if (kind === 'withdrawn' || kind === 'without kubectl')
    return `Use an image with kubectl that is still published, such as \`${kubectlImage(container)}\`.`;
  if (/(^|\/)bitnami\/kubectl$/.test(imageOf(container).repository))
    return `Pin a digest, or a version of another image with kubectl, such as \`${kubectlImage(container)}\`.`;
  return isWaitFor ? 'Use `groundnuty/k8s-wait-for:v2.0`, or pin a digest.' : 'Pin a version or a digest.';
}

/** An image with kubectl, and with a shell if the container runs one. */
function kubectlImage({ command: [program] }: Waiter['container']): string {
  return program && shells.has(baseName(program.value)) ? 'alpine/k8s' : 'registry.k8s.io/kubectl';
}

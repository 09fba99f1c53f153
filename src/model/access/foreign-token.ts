import type { Container, PodTemplate } from '../../objects/workload.ts';
import { trimEnd } from '../../text/trim-end.ts';

/** Where clients of the API server look for the token of the pod's account. */
const tokenFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Whether a container mounts a Secret in place of the token of the pod's account, so that it may act as another account.
 * A Secret of type `kubernetes.io/service-account-token` gives one container rights that the others of its pod do not
 * get. A projected token is that of the pod's own account.
 */
export function mountsForeignToken({ configPaths }: Container, pod: PodTemplate): boolean {
  return !pod.mountsToken && configPaths.some(({ value }) => trimEnd(value, '/') === tokenFolder);
}

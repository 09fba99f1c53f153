import { imageOf, isBareImage, shortRepository } from '../../objects/image.ts';
import { isMovingTag } from '../../objects/version.ts';
import type { Container } from '../../objects/workload.ts';
import { mayBringProgram } from '../commands/brought-program.ts';
import { isWaitForImage } from './reading/waiter-wait-for.ts';
import { isWaitForMultiImage } from './reading/waiter-wait-for-multi.ts';
import type { JobWaiter } from './waiter.ts';

/** What is wrong with a waiter's image. `unreadable`: its script cannot read the status that today's kubectl prints. */
export type WaiterImageFault =
  | { readonly kind: 'unreadable'; readonly version: string }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'digest as tag'; readonly repository: string; readonly tag: string }
  | { readonly kind: 'mutable'; readonly tag: string | undefined };

/**
 * Checks the image of a waiter. k8s-wait-for 1.2 to 1.7 cannot read the line `Pods Statuses: … (N Ready)`; other versions
 * and digests are not judged. Of Docker Hub's `bitnami/kubectl` only the tag `latest` is still published, but a digest may
 * still exist. No tool has tags of 64 hexadecimal digits: such a tag is a digest.
 */
export function judgeWaiterImage(container: Container): WaiterImageFault | undefined {
  const { repository, tag, digest } = imageOf(container);
  // A name without `@` before its digest is not valid.
  if (repository === '' || repository.endsWith(':sha256')) return undefined;
  if (isWaitForImage(container)) {
    const version = minorVersion(tag);
    if (version !== undefined && /^1\.[2-7]$/.test(version)) return { kind: 'unreadable', version };
  }
  if (digest === undefined && tag !== undefined && /^[0-9a-f]{64}$/.test(tag))
    return { kind: 'digest as tag', repository, tag };
  if (digest === undefined && (tag ?? 'latest') !== 'latest' && shortRepository(repository) === 'bitnami/kubectl') {
    return { kind: 'withdrawn' };
  }
  const moves = tag === undefined || isMovingTag(tag) || (tag === 'nonroot' && isWaitForMultiImage(container));
  return digest === undefined && moves ? { kind: 'mutable', tag } : undefined;
}

/** Whether a waiter's image is k8s-wait-for before 1.5, which does not know the modes `pod-wr` and `job-wr`. */
export function lacksWrMode(container: Container): boolean {
  const { tag, digest } = imageOf(container);
  return digest === undefined && isWaitForImage(container) && /^1\.[0-4]$/.test(minorVersion(tag) ?? '');
}

/** The first two numbers of a version of k8s-wait-for. */
function minorVersion(tag: string | undefined): string | undefined {
  return /^(?:no-root-)?v?(\d+\.\d+)(?:$|[.-])/.exec(tag ?? '')?.[1];
}

/** Whether a waiter uses kubectl with an image that is known to have none, and none may be installed or mounted. */
export function lacksKubectl({ container, tool }: JobWaiter): boolean {
  if (!tool.startsWith('kubectl')) return false;
  const { repository } = imageOf(container);
  const hasNone = isBareImage(repository) || /^(postgres|curlimages\/curl)$/.test(shortRepository(repository));
  return hasNone && !mayBringProgram(container, 'kubectl');
}

import { argvOf } from '../../objects/argv.ts';
import { hasLabels } from '../../objects/kubernetes-object.ts';
import type { Field } from '../../objects/view.ts';
import { allContainers, type Container, type Job, type Workload } from '../../objects/workload.ts';
import { fieldOf, readInvocations } from '../../shell/command-line.ts';
import { positionalWords, shortKinds } from '../../shell/kubectl.ts';
import { selectorTarget } from './reading/job-target.ts';
import { isWaitForImage } from './reading/waiter-wait-for.ts';
import { isWaitForMultiImage, readAwaitedItems } from './reading/waiter-wait-for-multi.ts';

/** A container of a Job that waits until a workload is up. */
export interface ServiceWait {
  readonly container: Container;
  /** The value with what it waits for. */
  readonly field: Field<string>;
}

/**
 * Finds the container of a Job that waits until the pods of a workload run: with k8s-wait-for on its pods or Service,
 * with `kubectl wait` or `rollout status`, or with a loop that connects to the Service of its name.
 */
export function findServiceWait(job: Job, workload: Workload): ServiceWait | undefined {
  const name = workload.object.name.value ?? '';
  if (name === '') return undefined;
  for (const container of allContainers(job.pod)) {
    if (container.role === 'sidecar') continue;
    const field = findTarget(container, workload, name);
    if (field) return { container, field };
  }
  return undefined;
}

function findTarget(container: Container, workload: Workload, name: string): Field<string> | undefined {
  if (isWaitForImage(container)) return waitForTarget(container, workload, name);
  if (isWaitForMultiImage(container)) return awaitedService(container, name);
  return commandTarget(container, workload.object.kind, name);
}

function awaitedService(container: Container, name: string): Field<string> | undefined {
  const items = readAwaitedItems(argvOf(container), container);
  return items.find((item) => item.kind === 'service' && item.name.value === name)?.name;
}

function waitForTarget(container: Container, { pod }: Workload, name: string): Field<string> | undefined {
  const words = argvOf(container);
  const start = words.findIndex(({ value }) => /^(pod(-we|-wr)?|service)$/.test(value));
  const [mode, target, next] = start < 0 ? [] : words.slice(start);
  if (mode === undefined || target === undefined) return undefined;
  if (mode.value === 'service') return target.value === name ? target : undefined;
  const selector = /^(?:-l|--selector)=?(.*)$/.exec(target.value);
  if (selector === null) return undefined;
  const holder = selector[1] ? target : next;
  const read = holder && selectorTarget(selector[1] || holder.value, holder);
  if (read?.kind !== 'selector' || read.labels === undefined) return undefined;
  return hasLabels(pod, read.labels) ? holder : undefined;
}

function commandTarget(container: Container, kind: string, name: string): Field<string> | undefined {
  for (const invocation of readInvocations(container)) {
    const { words, loops } = invocation;
    const [program = '', ...rest] = words;
    const isProbe = loops && /^(curl|wget|nc|ncat)$/.test(program);
    const probed = isProbe ? rest.find((word) => hostOf(word) === name) : undefined;
    const found = /^(kubectl|oc)$/.test(program) ? kubectlTarget(rest, kind, name) : probed;
    if (found !== undefined) return fieldOf(invocation, found);
  }
  return undefined;
}

/** `kubectl wait deployment/NAME`, `kubectl rollout status deploy NAME`. */
function kubectlTarget(words: readonly string[], kind: string, name: string): string | undefined {
  const plain = positionalWords(words);
  if (plain[0] !== 'wait' && !(plain[0] === 'rollout' && plain[1] === 'status')) return undefined;
  const isKind = (word: string): boolean => {
    const bare = word.toLowerCase().split('.')[0]?.replace(/s$/, '') ?? '';
    return (shortKinds[bare] ?? bare) === kind.toLowerCase() || shortKinds[word] === kind.toLowerCase();
  };
  return plain.find((word, index) => {
    const [type = '', own] = word.split('/');
    return own === undefined ? word === name && isKind(plain[index - 1] ?? '') : own === name && isKind(type);
  });
}

/** The host of a URL, of `host:port` or of a bare word, without the namespace and the cluster's domain. */
function hostOf(word: string): string {
  const host = word.replace(/^[a-z]+:\/\//, '').replace(/[:/][\s\S]*/, '');
  return host.replace(/\.[a-z0-9-]+\.svc(\.[\s\S]*)?$/, '');
}

import { imageOf } from '../../../objects/image.ts';
import { isSymbolic } from '../../../objects/symbolic.ts';
import { type Present, withText } from '../../../objects/view.ts';
import type { Container } from '../../../objects/workload.ts';
import type { Invocation } from '../../../shell/command-line.ts';
import { connectionFlags } from '../../../shell/kubectl.ts';
import { baseName } from '../../../text/base-name.ts';
import { containerText, isUnknownText, knownNamespace } from '../../environment/container-text.ts';
import type { JobWait } from '../waiter.ts';
import { type JobTarget, nameTarget } from './job-target.ts';

/** One thing that k8s-wait-for-multi waits for. */
export interface AwaitedItem {
  /** The whole argument. */
  readonly item: Present<string>;
  readonly kind: string;
  readonly name: Present<string>;
  /** Undefined if only the running container knows it: it is then nearly always its own. */
  readonly namespace: Present<string> | undefined;
}

/** EraYaN's k8s-wait-for-multi, which waits for several things at once. It shares only its name with k8s-wait-for. */
export function isWaitForMultiImage(container: Container): boolean {
  return /(^|\/)k8s-wait-for-multi$/.test(imageOf(container).repository);
}

/** Whether a command starts k8s-wait-for-multi. */
export function startsWaitForMulti({ words }: Invocation): boolean {
  return /^(k8s|kube)-wait-for-multi$/.test(words[0] ?? '');
}

/**
 * Reads `[[NAMESPACE,]KIND,]NAME …`. According to its README the kind defaults to `pod`, and the namespace to that of
 * the flag `-n`, or else to `default`, not to the pod's own.
 */
export function readAwaitedItems(words: readonly Present<string>[], container: Container): AwaitedItem[] {
  const items: Present<string>[] = [];
  let given: Present<string> | undefined;
  for (let i = 0; i < words.length; i++) {
    const word = containerText(words[i] as Present<string>, container);
    const namespace = /^(?:-n|--namespace)(?:=|(?=.)|$)(.*)$/.exec(word.value)?.[1];
    const next = words[i + 1];
    if (namespace !== undefined && namespace !== '') given = withText(word, namespace);
    else if (namespace !== undefined && next !== undefined) given = containerText(next, container);
    else if (!word.value.startsWith('-') && !isEntryPoint(word.value)) items.push(word);
    if (namespace === '' || flagsWithValue.has(word.value)) i++;
  }
  return items.map((item) => readItem(item, given));
}

/** What arguments without a Job say. */
export type WaitForMultiReading =
  | { readonly kind: 'other' }
  | { readonly kind: 'unknown'; readonly wrongItem?: Present<string> };

/** Reads arguments without a Job. An unknown kind makes the program stop. */
export function readOtherItems(words: readonly Present<string>[], container: Container): WaitForMultiReading {
  const items = readAwaitedItems(words, container);
  const wrong = items.find(
    ({ kind }) => !/^(job|pod|service)$/.test(kind) && !isUnknownText(kind) && !isSymbolic(kind),
  );
  if (wrong) return { kind: 'unknown', wrongItem: wrong.item };
  return { kind: items.length > 0 ? 'other' : 'unknown' };
}

/** One wait for the Jobs of each namespace. */
export function readWaitForMulti(words: readonly Present<string>[], container: Container): JobWait[] {
  const waits = new Map<string, { namespace: JobWait['namespace']; targets: JobTarget[] }>();
  for (const { kind, name, namespace } of readAwaitedItems(words, container)) {
    if (kind !== 'job' || isUnknownText(name.value, container)) continue;
    const wait = waits.get(namespace?.value ?? '') ?? { namespace, targets: [] };
    wait.targets.push(nameTarget(name.value, name));
    waits.set(namespace?.value ?? '', wait);
  }
  return [...waits.values()].map((wait) => ({
    tool: 'k8s-wait-for-multi',
    mode: undefined,
    untimed: undefined,
    ...wait,
  }));
}

/** It uses kubectl's library, and has the same flags for the connection. */
const flagsWithValue = new Set([...connectionFlags, '-t', '--timeout', '--sync-period']);

function isEntryPoint(word: string): boolean {
  return /^((k8s|kube)-wait-for-multi|tini|dumb-init)$/.test(baseName(word));
}

function readItem(item: Present<string>, given: Present<string> | undefined): AwaitedItem {
  const parts = item.value.split(',');
  const [name = '', kind = 'pod', own] = parts.reverse();
  const namespace = own === undefined ? (given ?? withText(item, 'default')) : withText(item, own);
  return { item, kind, name: withText(item, name), namespace: knownNamespace(namespace) };
}

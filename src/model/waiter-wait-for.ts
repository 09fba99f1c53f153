import { baseName } from './command-line.ts';
import { containerText } from './container-text.ts';
import { parseImage } from './image.ts';
import { type JobTarget, nameTarget, selectorTarget } from './job-target.ts';
import { type Field, type Present, withText } from './view.ts';
import type { JobWait } from './waiter.ts';
import type { Container } from './workload.ts';

/** groundnuty/k8s-wait-for and its forks, which keep the name. */
export function isWaitForImage(container: Container): boolean {
  return /(^|[/-])k8s-wait-for$/.test(parseImage(container.image.value ?? '').repository);
}

/**
 * Reads `wait_for.sh MODE NAME [kubectl flags]`, with or without the script's own name in front. Modes are `pod`,
 * `pod-we`, `pod-wr`, `service`, `job`, `job-we` and `job-wr`; flags are handed on to kubectl.
 */
export function readWaitFor(
  words: readonly Present<string>[],
  container: Container,
): ({ readonly kind: 'job' } & JobWait) | { readonly kind: 'other' | 'unknown' } {
  const start = words.findIndex((word) => /^(pod|service|job)(-we|-wr)?$/.test(word.value));
  const mode = words[start];
  if (mode === undefined || !words.slice(0, start).every(isEntryPoint)) return { kind: 'unknown' };
  if (!mode.value.startsWith('job')) return { kind: 'other' };
  const targets: JobTarget[] = [];
  let namespace: Field<string> | undefined;
  for (let i = start + 1; i < words.length; i++) {
    const word = containerText(words[i] as Present<string>, container);
    const flag = readFlag(word, words[i + 1]);
    if (flag === undefined) {
      if (!word.value.startsWith('-')) targets.push(nameTarget(word.value, word));
      continue;
    }
    if (flag.separate) i++;
    if (flag.name === 'namespace') namespace = containerText(flag.value, container);
    else targets.push(selectorTarget(flag.value.value, flag.value));
  }
  return targets.length === 0
    ? { kind: 'unknown' }
    : { kind: 'job', tool: 'k8s-wait-for', mode, targets, namespace, untimed: undefined };
}

function isEntryPoint(word: Present<string>): boolean {
  return /^(wait_for(\.sh)?|k8s-wait-for|tini|dumb-init|--|sh|bash|ash)$/.test(baseName(word.value));
}

interface Flag {
  readonly name: 'namespace' | 'selector';
  readonly value: Present<string>;
  /** The value is the next word. */
  readonly separate: boolean;
}

/** `-n ns`, `-nns`, `--namespace=ns`, `-l app=x`, `-lapp=x`, `--selector app=x`. */
function readFlag(word: Present<string>, next: Present<string> | undefined): Flag | undefined {
  const match = /^(?:(-n|-l)=?|(--namespace|--selector)(?:=|$))([\s\S]*)$/.exec(word.value);
  if (!match) return undefined;
  const name = (match[1] ?? match[2] ?? '').endsWith('n') || match[2] === '--namespace' ? 'namespace' : 'selector';
  const value = (match[3] ?? '').trim();
  if (value !== '') return { name, value: withText(word, value), separate: false };
  return next === undefined ? undefined : { name, value: next, separate: true };
}

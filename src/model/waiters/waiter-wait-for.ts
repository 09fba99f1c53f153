import { baseName } from '../commands/base-name.ts';
import { containerText, isUnknownText, knownNamespace } from '../commands/container-text.ts';
import { parseImage } from '../objects/image.ts';
import { isSymbolic } from '../objects/symbolic.ts';
import { type Field, type Present, withText } from '../objects/view.ts';
import type { Container } from '../objects/workload.ts';
import { type JobTarget, nameTarget, selectorTarget } from './job-target.ts';
import type { JobWait } from './waiter.ts';

/** What a command line of k8s-wait-for says. `wrongMode` is the word that it takes for its mode, and stops at. */
export type WaitForReading =
  | ({ readonly kind: 'job' } & JobWait)
  | { readonly kind: 'other' }
  | { readonly kind: 'unknown'; readonly wrongMode?: Present<string> };

/** groundnuty/k8s-wait-for and its forks, which keep the name. */
export function isWaitForImage(container: Container): boolean {
  return /(^|[/-])k8s-wait-for$/.test(parseImage(container.image.value ?? '').repository);
}

/**
 * Reads `wait_for.sh MODE NAME [kubectl flags]`, with or without the script's own name in front. Modes are `pod`,
 * `pod-we`, `pod-wr`, `service`, `job`, `job-we` and `job-wr`; flags are handed on to kubectl.
 */
export function readWaitFor(words: readonly Present<string>[], container: Container): WaitForReading {
  const start = handsOnArgs(container) ? 0 : words.findIndex((word) => !isEntryPoint(word));
  const written = words[start];
  if (written === undefined) return { kind: 'unknown' };
  const mode = readMode(written, container);
  if (!isMode(mode.value)) return isToldMode(words, start, container) ? wrongMode(mode) : { kind: 'unknown' };
  if (words.length === start + 1) return wrongMode(mode);
  // Pods of a Job count as ready once they have completed.
  if (!mode.value.startsWith('job')) return { kind: words.some(selectsJobPods) ? 'unknown' : 'other' };
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
    if (flag.isNamespace) namespace = knownNamespace(containerText(flag.value, container));
    else targets.push(selectorTarget(flag.value.value, flag.value));
  }
  return targets.length === 0
    ? { kind: 'unknown' }
    : {
        kind: 'job',
        tool: 'k8s-wait-for',
        mode,
        targets,
        namespace,
        untimed: undefined,
        startedMode: startedMode(container),
      };
}

/** `command: [job-wr, NAME]`: no program has that name. */
function startedMode({ command: [first] }: Container): Present<string> | undefined {
  return first !== undefined && isMode(first.value) ? first : undefined;
}

/** Whether k8s-wait-for knows a word as a mode. */
export function isMode(word: string): boolean {
  return /^(pod|job)(-we|-wr)?$|^service$/.test(word);
}

/** The script's own setting makes `job-wr` of a plain `job`. */
function readMode(word: Present<string>, container: Container): Present<string> {
  const mode = containerText(word, container);
  const setting = container.env.find(({ name }) => name === 'TREAT_ERRORS_AS_READY')?.source;
  const counts = setting?.kind === 'literal' && setting.value.value === '2';
  return counts && /^(job|pod)$/.test(mode.value) ? withText(mode, `${mode.value}-wr`) : mode;
}

/** The original image's entry point is the script; that of a fork may be something else. */
function handsOnArgs({ image, command }: Container): boolean {
  return command.length === 0 && /(^|\/)groundnuty\/k8s-wait-for$/.test(parseImage(image.value ?? '').repository);
}

/** Whether it is certain that the script gets this word for its mode. */
function isToldMode(words: readonly Present<string>[], start: number, container: Container): boolean {
  const before = words[start - 1]?.value;
  return before === undefined ? container.command.length === 0 : /^wait_for(\.sh)?$/.test(baseName(before));
}

/** `-l job-name=…`: the pods of a Job carry its name. */
function selectsJobPods({ value }: Present<string>): boolean {
  return /(^|[=/,l])job-name=/.test(value);
}

function wrongMode(mode: Present<string>): WaitForReading {
  return isUnknownText(mode.value) || isSymbolic(mode.value)
    ? { kind: 'unknown' }
    : { kind: 'unknown', wrongMode: mode };
}

function isEntryPoint(word: Present<string>): boolean {
  return /^(wait_for(\.sh)?|k8s-wait-for|tini|dumb-init|--|sh|bash|ash)$/.test(baseName(word.value));
}

interface Flag {
  /** Of the two that are read: the namespace, or else the selector. */
  readonly isNamespace: boolean;
  readonly value: Present<string>;
  /** The value is the next word. */
  readonly separate: boolean;
}

/** `-n ns`, `-nns`, `--namespace=ns`, `-l app=x`, `-lapp=x`, `--selector app=x`. */
function readFlag(word: Present<string>, next: Present<string> | undefined): Flag | undefined {
  const written = /^(?:-[nl]=?|--(?:namespace|selector)(?:=|$))([\s\S]*)$/.exec(word.value)?.[1];
  if (written === undefined) return undefined;
  const isNamespace = /^--?n/.test(word.value);
  const value = written.trim();
  if (value !== '') return { isNamespace, value: withText(word, value), separate: false };
  return next === undefined ? undefined : { isNamespace, value: next, separate: true };
}

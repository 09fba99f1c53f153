import { imageOf } from '../../../objects/image.ts';
import { isSymbolic } from '../../../objects/symbolic.ts';
import { type Field, type Present, withText } from '../../../objects/view.ts';
import type { Container } from '../../../objects/workload.ts';
import { baseName } from '../../../text/base-name.ts';
import { containerText, isUnknownText, knownNamespace } from '../../environment/container-text.ts';
import type { JobWait } from '../waiter.ts';
import { type JobTarget, nameTarget, selectorTarget } from './job-target.ts';

/** What a command line of k8s-wait-for says. `wrongMode` is the word that it takes as its mode and does not know. */
export type WaitForReading =
  | ({ readonly kind: 'job' } & JobWait)
  | { readonly kind: 'other'; readonly podWait?: PodWait | undefined }
  | { readonly kind: 'unknown'; readonly wrongMode?: Present<string> };

/** A wait for one pod by its name. */
export interface PodWait {
  /** `pod`, `pod-we` or `pod-wr`. */
  readonly mode: Present<string>;
  readonly name: string;
}

/** groundnuty/k8s-wait-for and its forks, which keep the name. */
export function isWaitForImage(container: Container): boolean {
  return /(^|[/-])k8s-wait-for$/.test(imageOf(container).repository);
}

/**
 * Reads `wait_for.sh MODE NAME [kubectl flags]`, with or without the name of the script. Modes are `pod`, `pod-we`,
 * `pod-wr`, `service`, `job`, `job-we` and `job-wr`; flags are passed on to kubectl.
 */
export function readWaitFor(words: readonly Present<string>[], container: Container): WaitForReading {
  const start = passesArgs(container) ? 0 : words.findIndex((word) => !isEntryPoint(word));
  const written = words[start];
  if (written === undefined) return { kind: 'unknown' };
  const mode = readMode(written, container);
  if (!isMode(mode.value)) return isGivenMode(words, start, container) ? wrongMode(mode) : { kind: 'unknown' };
  if (words.length === start + 1) return wrongMode(mode);
  // The pods of a Job count as ready once they have completed.
  if (!mode.value.startsWith('job')) {
    return words.some(selectsJobPods)
      ? { kind: 'unknown' }
      : { kind: 'other', podWait: readPodWait(mode, words, start) };
  }
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

/** The pod of a command line such as `pod-wr NAME`, without flags. */
function readPodWait(mode: Present<string>, words: readonly Present<string>[], start: number): PodWait | undefined {
  const [name, ...more] = words.slice(start + 1);
  if (!mode.value.startsWith('pod') || name === undefined || more.length > 0 || name.value.startsWith('-'))
    return undefined;
  return { mode, name: name.value };
}

/** The mode in `command: [job-wr, NAME]`, which is run as a program. */
function startedMode({ command: [first] }: Container): Present<string> | undefined {
  return first !== undefined && isMode(first.value) ? first : undefined;
}

/** Whether a word is a mode of k8s-wait-for. */
export function isMode(word: string): boolean {
  return /^(pod|job)(-we|-wr)?$|^service$/.test(word);
}

/** The mode; the script's variable `TREAT_ERRORS_AS_READY: 2` turns a plain `job` into `job-wr`. */
function readMode(word: Present<string>, container: Container): Present<string> {
  const mode = containerText(word, container);
  const setting = container.env.find(({ name }) => name === 'TREAT_ERRORS_AS_READY')?.source;
  const counts = setting?.kind === 'literal' && setting.value.value === '2';
  return counts && /^(job|pod)$/.test(mode.value) ? withText(mode, `${mode.value}-wr`) : mode;
}

/** Whether the script gets the args as they are: it is the original image's entry point, while a fork's may be another. */
function passesArgs(container: Container): boolean {
  return container.command.length === 0 && /(^|\/)groundnuty\/k8s-wait-for$/.test(imageOf(container).repository);
}

/** Whether it is certain that the script gets this word as its mode. */
function isGivenMode(words: readonly Present<string>[], start: number, container: Container): boolean {
  const before = words[start - 1]?.value;
  return before === undefined ? container.command.length === 0 : /^wait_for(\.sh)?$/.test(baseName(before));
}

/** Whether a word selects the pods of a Job, which carry its name as a label: `-l job-name=…`. */
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
  /** Whether it is the namespace; otherwise it is the selector. */
  readonly isNamespace: boolean;
  readonly value: Present<string>;
  /** Whether the value is the next word. */
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

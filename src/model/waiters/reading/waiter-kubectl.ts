import { type Present, withText } from '../../../objects/view.ts';
import type { Container } from '../../../objects/workload.ts';
import { type Invocation, wordFields } from '../../../shell/command-line.ts';
import { connectionFlags } from '../../../shell/kubectl.ts';
import { isUnknownText, knownNamespace, shellText } from '../../environment/container-text.ts';
import type { JobWait } from '../waiter.ts';
import { type JobTarget, nameTarget, selectorTarget } from './job-target.ts';

/** `kubectl wait --for=condition=complete job/NAME`, in every way of naming Jobs that kubectl knows. */
export function readKubectlWait(invocation: Invocation, container: Container): JobWait | undefined {
  return readKubectl(invocation, container, 'wait');
}

/** A shell loop over `kubectl get job NAME`. */
export function readKubectlGet(invocation: Invocation, container: Container): JobWait | undefined {
  return invocation.loops ? readKubectl(invocation, container, 'get') : undefined;
}

const flagsWithValue = new Set([
  ...connectionFlags,
  '--timeout',
  '--field-selector',
  '-o',
  '--output',
  '-f',
  '--filename',
  '--template',
  '-v',
]);

function readKubectl(invocation: Invocation, container: Container, verb: 'wait' | 'get'): JobWait | undefined {
  const [program, ...words] = invocation.words;
  if (program !== 'kubectl' && program !== 'oc') return undefined;
  const { plain, namespace, selector, condition } = readWords(wordFields(invocation).slice(1), container);
  if (plain[0]?.value !== verb) return undefined;
  const targets = readTargets(plain.slice(1), selector, container) ?? readOverwritten(plain.slice(1), condition);
  if (targets === undefined) return undefined;
  const timed = invocation.loops || words.some((word) => /^--timeout(=|$)/.test(word));
  const untimed = verb === 'wait' && !timed ? plain[0] : undefined;
  const tool = verb === 'wait' ? 'kubectl wait' : 'kubectl get';
  return { tool, mode: undefined, targets, namespace, untimed, condition };
}

interface Words {
  readonly plain: readonly Present<string>[];
  readonly namespace: Present<string> | undefined;
  readonly selector: Present<string> | undefined;
  readonly condition: Present<string> | undefined;
}

function readWords(words: readonly Present<string>[], container: Container): Words {
  const plain: Present<string>[] = [];
  const settings = new Map<string, Present<string>>();
  for (let i = 0; i < words.length; i++) {
    const word = shellText(words[i] as Present<string>, container);
    if (!word.value.startsWith('-')) {
      const redirection = /^[\d&]?[<>]+/.exec(word.value);
      if (redirection === null) plain.push(word);
      else if (redirection[0] === word.value) i++;
      continue;
    }
    const match = /^(?:(-n|-l)=?|(--namespace|--selector|--for)(?:=|$))([\s\S]*)$/.exec(word.value);
    const next = words[i + 1];
    if (!match) {
      if (flagsWithValue.has(word.value)) i++;
      continue;
    }
    const [, short, long, value = ''] = match;
    const name = (short ?? long ?? '').replace(/^-+/, '').charAt(0);
    if (value !== '') settings.set(name, withText(word, value));
    else if (next !== undefined) {
      settings.set(name, shellText(next, container));
      i++;
    }
  }
  return {
    plain,
    namespace: knownNamespace(settings.get('n')),
    selector: settings.get('l') ?? settings.get('s'),
    condition: settings.get('f'),
  };
}

const jobType = /^jobs?(\.(v1\.)?batch)?$/;

/** Undefined if the words name something other than Jobs. */
function readTargets(
  words: readonly Present<string>[],
  selector: Present<string> | undefined,
  container: Container,
): JobTarget[] | undefined {
  const [first, ...others] = words;
  if (first === undefined) return undefined;
  const names: Present<string>[] = [];
  if (jobType.test(first.value)) {
    if (selector !== undefined) return [selectorTarget(selector.value, selector)];
    names.push(...others);
  } else {
    for (const word of words) {
      const [type = '', name] = word.value.split('/', 2);
      if (!jobType.test(type) || name === undefined) return undefined;
      names.push(withText(word, name));
    }
  }
  return names.filter(({ value }) => !isUnknownText(value, container)).map((name) => nameTarget(name.value, name));
}

/**
 * `orders-migration-v2/NAME`: a replacement has written the name of a Job over the type. No type has a dash, and no other
 * object has the condition `complete`.
 */
function readOverwritten(
  words: readonly Present<string>[],
  condition: Present<string> | undefined,
): JobTarget[] | undefined {
  const [word] = words;
  if (word === undefined || words.length > 1 || !/^condition=complete/i.test(condition?.value ?? '')) return undefined;
  return /^[a-z0-9.]+-[a-z0-9.-]+\/[^/]+$/.test(word.value) ? [nameTarget(word.value, word)] : undefined;
}

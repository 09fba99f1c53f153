import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { startCpuTime } from './cpu-time.ts';

/** A text that an expression may read again and again: a part of what it matches, many times. */
export interface Attack {
  readonly head: string;
  readonly repeated: string;
  readonly end: string;
}

/** The first attack for which an expression takes more than linear time; undefined if there is none. */
export function findAttack(expression: RegExp): Attack | undefined {
  // An expression without repetition takes a limited time at each place.
  if (!/[*+]|,\}/.test(expression.source)) return undefined;
  return attacksOn(expression).find((attack) => isSlow(expression, attack));
}

/** What follows the repeated part, so that the expression does not match in the end. */
const ends = ['', '\n!', '!', '\0'];

/** The most parts of a text that are tried. */
const mostParts = 14;

function attacksOn(expression: RegExp): Attack[] {
  const attacks = new Map<string, Attack>();
  const add = (head: readonly string[], parts: readonly string[]): void => {
    const repeated = parts.join('');
    if (repeated === '') return;
    for (const end of ends) {
      const attack = { head: head.join(''), repeated, end };
      attacks.set(JSON.stringify(attack), attack);
    }
  };
  for (const parts of matchedTexts(expression)) {
    for (let start = 0; start < parts.length; start++) {
      for (let end = start + 1; end <= parts.length; end++) {
        const isLong = end > start + 3;
        if (!isLong || start < 2 || end === parts.length) add([], parts.slice(start, end));
        if (!isLong && start > 0) add(parts.slice(0, start), parts.slice(start, end));
      }
    }
  }
  return [...attacks.values()];
}

/** Texts that an expression may match, in parts: its alternatives in turn, with what is optional and without. */
function matchedTexts(expression: RegExp): string[][] {
  const parsed = new RegExpParser().parsePattern(expression.source, 0, expression.source.length, {
    unicode: expression.unicode,
  });
  const texts = new Map<string, string[]>();
  for (let first = 0; first < 6; first++) {
    for (const takesOptional of [true, false]) {
      for (const preferred of ['', ' ', '\r']) {
        let choices = first;
        const choose = (count: number): number => choices++ % count;
        const parts = partsOf(parsed, { choose, takesOptional, preferred }).slice(0, mostParts);
        texts.set(JSON.stringify(parts), parts);
      }
    }
  }
  return [...texts.values()];
}

/** How a text is put together. */
interface Choices {
  /** Chooses one of so many alternatives. */
  readonly choose: (count: number) => number;
  readonly takesOptional: boolean;
  /** The character that is taken where a set of characters has it. */
  readonly preferred: string;
}

function partsOf(node: AST.Pattern | AST.Element, choices: Choices): string[] {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return joinCharacters(node.alternatives[choices.choose(node.alternatives.length)]?.elements ?? [], choices);
    case 'Quantifier': {
      const count = choices.takesOptional ? Math.min(node.max, Math.max(node.min, 1)) : node.min;
      return Array.from({ length: count }, () => partsOf(node.element, choices)).flat();
    }
    case 'Character':
      return [String.fromCodePoint(node.value)];
    case 'CharacterSet':
    case 'CharacterClass': {
      const accepted = new RegExp(`^${node.raw}$`, 's');
      return [[choices.preferred, ...samples].find((character) => accepted.test(character)) ?? ''];
    }
    // Assertions, and references to what was matched before.
    default:
      return [];
  }
}

const samples = [...'a0A_-. \t\n/:={}"\'x,;#@!', '\u{E000}', ...'b$%&()*+<>?[\\]^`|~'];

/** The parts of elements, with the characters of a word as one. */
function joinCharacters(elements: readonly AST.Element[], choices: Choices): string[] {
  const parts: string[] = [];
  elements.forEach((element, index) => {
    const own = partsOf(element, choices);
    const isInWord = element.type === 'Character' && elements[index - 1]?.type === 'Character';
    if (isInWord) parts.push((parts.pop() ?? '') + own.join(''));
    else parts.push(...own);
  });
  return parts.filter((part) => part !== '');
}

/** Whether a text of three times the length takes much more than three times as long. */
function isSlow(expression: RegExp, attack: Attack): boolean {
  // The text grows, because some expressions would take for ever.
  if (timeFor(expression, attack, 30) > 50 || timeFor(expression, attack, 1000) > 50) return true;
  if (timeFor(expression, attack, 10_000) < 1) return false;
  const best = (length: number): number => Math.min(...[1, 2, 3].map(() => timeFor(expression, attack, length)));
  const short = best(10_000);
  return short > 1 && best(30_000) > 5 * short;
}

/** The CPU time for a text of about this length, in milliseconds. */
function timeFor(expression: RegExp, { head, repeated, end }: Attack, length: number): number {
  const text = head + repeated.repeat(Math.ceil(length / repeated.length)) + end;
  expression.lastIndex = 0;
  const cpuTime = startCpuTime();
  expression.exec(text);
  return cpuTime();
}

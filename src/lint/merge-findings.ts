import { dropUndefined } from '../collections/drop-undefined.ts';
import type { Finding } from '../findings/finding.ts';
import { mergeFixes } from '../findings/fix.ts';
import type { ObjectReference } from '../objects/kubernetes-object.ts';
import { versionLikePart } from '../objects/version.ts';
import { compareText } from '../text/compare-text.ts';

/**
 * Merges the findings that several roots have on the same line, so that a fault in a base is reported once, with all its
 * roots. Their messages may differ in the names and namespaces of the objects, which depend on the root, and in versions,
 * because staging is usually ahead of production. The message of the first root is kept.
 */
export function mergeFindings(findings: readonly Finding[]): Finding[] {
  return [...mergeWithParts(findings).keys()];
}

/** Like {@link mergeFindings}, with the findings that each one was merged from. */
export function mergeWithParts(findings: readonly Finding[]): Map<Finding, readonly Finding[]> {
  const groups = new Map<string, Finding[][]>();
  const messages = new Messages();
  for (const finding of findings) {
    const key = placeKey(finding);
    const sets = groups.get(key) ?? [];
    groups.set(key, sets);
    const same =
      sets.find(([first]) => first?.message === finding.message) ??
      sets.find(([first]) => first !== undefined && messages.agree(first, finding));
    if (same) same.push(finding);
    else sets.push([finding]);
  }
  return new Map([...groups.values()].flat().flatMap((parts) => mergeSame(parts).map((merged) => [merged, parts])));
}

/** Sorts by path, line and column, then rule: the order in which people fix things. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(compareFindings);
}

export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.at.file.path, b.at.file.path) ||
    a.at.start - b.at.start ||
    a.at.end - b.at.end ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

function placeKey({ rule, severity, at }: Finding): string {
  return JSON.stringify([rule, severity, at.file.path, at.start, at.end]);
}

/** One finding of those that say the same, with all their roots; nothing if there are none. */
export function mergeSame(findings: readonly Finding[]): Finding[] {
  const [first, ...others] = [...findings].sort(
    (a, b) => compareText(a.roots[0] ?? '', b.roots[0] ?? '') || compareText(wording(a), wording(b)),
  );
  if (first === undefined) return [];
  const roots = [...new Set([first, ...others].flatMap((finding) => finding.roots))].sort(compareText);
  const { fix: _, ...rest } = first;
  const fix = mergeFixes([first, ...others].map((finding) => finding.fix));
  return [{ ...rest, ...dropUndefined({ fix }), roots }];
}

/** The parts that may differ between roots with the same path; Flux may build several in one folder. */
function wording({ message, object, related }: Finding): string {
  return JSON.stringify([message, object, related.map(({ note }) => note)]);
}

/** Compares messages. If every root has its own version, each message is compared with all others, so this must be fast. */
class Messages {
  readonly #words = new Map<string, readonly string[]>();
  /** The index of the word in which the last two messages differed; the next two will likely differ there too. */
  #lastDifference = 0;

  /** Whether two messages differ only in the names and versions of objects. */
  agree(a: Finding, b: Finding): boolean {
    if (a.message === b.message) return true;
    if (a.object?.kind !== b.object?.kind) return false;
    const words = this.#wordsOf(a.message);
    const others = this.#wordsOf(b.message);
    if (words.length !== others.length) return false;
    const changes = a.object && b.object ? changesBetween(a.object, b.object) : [];
    // Within one root, different versions are different findings.
    const isVersioned = a.roots[0] !== b.roots[0] ? isOtherVersion : () => false;
    const differs = (index: number): boolean => {
      const [word = '', other = ''] = [words[index], others[index]];
      return word !== other && !changes.some((change) => isChanged(word, other, change)) && !isVersioned(word, other);
    };
    if (differs(this.#lastDifference)) return false;
    const difference = words.findIndex((_, index) => differs(index));
    if (difference >= 0) this.#lastDifference = difference;
    return difference < 0;
  }

  #wordsOf(message: string): readonly string[] {
    const words = this.#words.get(message) ?? splitWords(message);
    this.#words.set(message, words);
    return words;
  }
}

/** Whether two names or tags differ only in their versions; a mere number does not count as one. */
function isOtherVersion(word: string, other: string): boolean {
  if (/^\d+$/.test(word) || /^\d+$/.test(other)) return false;
  let [bare, otherBare] = [word, other];
  // A tag such as `main-1c9f2aa-1730721600` has several.
  for (let part = 0; part < 3 && bare !== otherBare; part++) {
    const [version, otherVersion] = [versionLikePart(bare), versionLikePart(otherBare)];
    if (version === undefined || otherVersion === undefined) return false;
    [bare, otherBare] = [bare.replace(version, ''), otherBare.replace(otherVersion, '')];
  }
  return bare === otherBare;
}

/** A part of a name in one root, and its counterpart in the other. */
type Change = readonly [from: string, to: string];

function changesBetween(a: ObjectReference, b: ObjectReference): Change[] {
  const name = differenceOf(a.name, b.name);
  return a.namespace && b.namespace ? [name, [a.namespace, b.namespace]] : [name];
}

/** Names and the text between them, alternating. */
function splitWords(text: string): readonly string[] {
  return text.split(/([^A-Za-z0-9.-]+)/);
}

/** The parts of two names between their common beginning and end: `staging-` and `production-`. */
function differenceOf(a: string, b: string): Change {
  if (a === b) return ['', ''];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** Whether replacing one root's part once with the other's turns one word into the other. */
function isChanged(word: string, other: string, [from, to]: Change): boolean {
  if (from === to || word.length - from.length !== other.length - to.length) return false;
  for (let at = 0; at + from.length <= word.length; at++) {
    if (at > 0 && word[at - 1] !== other[at - 1]) return false;
    const isHere = word.startsWith(from, at) && other.startsWith(to, at);
    if (isHere && word.slice(at + from.length) === other.slice(at + to.length)) return true;
  }
  return false;
}

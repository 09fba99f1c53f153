import { compareText } from '../compare-text.ts';
import { dropUndefined } from '../drop-undefined.ts';
import { versionLikePart } from '../model/objects/version.ts';
import type { Finding, ObjectReference } from './finding.ts';
import { mergeFixes } from './fix.ts';

/**
 * Makes one finding of those that several roots make of the same line: a fault in a base is told once, with the roots
 * that it is built in. Their messages may differ in the names and namespaces that each root gives to the objects, and in the
 * versions that they run: staging is mostly ahead of production.
 * The first by root speaks for all.
 */
export function mergeFindings(findings: readonly Finding[]): Finding[] {
  return [...mergeWithParts(findings).keys()];
}

/** The same, each with the findings that it was made of. */
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

/** Path, line and column, then rule: the order in which people mend things. */
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

function mergeSame(findings: readonly Finding[]): Finding[] {
  const [first, ...others] = [...findings].sort(
    (a, b) => compareText(a.roots[0] ?? '', b.roots[0] ?? '') || compareText(wording(a), wording(b)),
  );
  if (first === undefined) return [];
  const roots = [...new Set([first, ...others].flatMap((finding) => finding.roots))].sort(compareText);
  const { fix: _, ...rest } = first;
  const fix = mergeFixes([first, ...others].map((finding) => finding.fix));
  return [{ ...rest, ...dropUndefined({ fix }), roots }];
}

/** What is told of roots of one path, of which Flux may build several, differs in no more than this. */
function wording({ message, object, related }: Finding): string {
  return JSON.stringify([message, object, related.map(({ note }) => note)]);
}

/** Compares messages. Where each root has a version of its own that is each one with all others, so that time is saved here. */
class Messages {
  readonly #words = new Map<string, readonly string[]>();
  /** Which word told the last two apart: it will most likely tell the next two apart as well. */
  #telling = 0;

  /** Whether two messages are the same but for what the roots call the objects, and their versions. */
  agree(a: Finding, b: Finding): boolean {
    if (a.message === b.message) return true;
    if (a.object === undefined || b.object === undefined || a.object.kind !== b.object.kind) return false;
    const words = this.#wordsOf(a.message);
    const others = this.#wordsOf(b.message);
    if (words.length !== others.length) return false;
    const changes = changesBetween(a.object, b.object);
    // In one root they are two things.
    const isVersioned = a.roots[0] !== b.roots[0] ? isOtherVersion : () => false;
    const differs = (index: number): boolean => {
      const [word = '', other = ''] = [words[index], others[index]];
      return word !== other && !changes.some((change) => isChanged(word, other, change)) && !isVersioned(word, other);
    };
    if (differs(this.#telling)) return false;
    const telling = words.findIndex((_, index) => differs(index));
    if (telling >= 0) this.#telling = telling;
    return telling < 0;
  }

  #wordsOf(message: string): readonly string[] {
    const words = this.#words.get(message) ?? splitWords(message);
    this.#words.set(message, words);
    return words;
  }
}

/** Whether two names or tags are the same but for their versions; a mere number is none. */
function isOtherVersion(word: string, other: string): boolean {
  if (/^\d+$/.test(word) || /^\d+$/.test(other)) return false;
  const [version, otherVersion] = [versionLikePart(word), versionLikePart(other)];
  if (version === undefined || otherVersion === undefined) return false;
  return word.replace(version, '') === other.replace(otherVersion, '');
}

/** A part of a name in one root, and what stands in its place in the other. */
type Change = readonly [from: string, to: string];

function changesBetween(a: ObjectReference, b: ObjectReference): Change[] {
  const name = differenceOf(a.name, b.name);
  return a.namespace && b.namespace ? [name, [a.namespace, b.namespace]] : [name];
}

/** Names and the text between them, alternating. */
function splitWords(text: string): readonly string[] {
  return text.split(/([^A-Za-z0-9.-]+)/);
}

/** What two names differ in between the beginning and the end that they share: `staging-` and `production-`. */
function differenceOf(a: string, b: string): Change {
  if (a === b) return ['', ''];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** Whether one word becomes the other when one root's part is put for the other's, once. */
function isChanged(word: string, other: string, [from, to]: Change): boolean {
  if (from === to || word.length - from.length !== other.length - to.length) return false;
  for (let at = 0; at + from.length <= word.length; at++) {
    if (at > 0 && word[at - 1] !== other[at - 1]) return false;
    const isHere = word.startsWith(from, at) && other.startsWith(to, at);
    if (isHere && word.slice(at + from.length) === other.slice(at + to.length)) return true;
  }
  return false;
}

import { compareText } from '../compare-text.ts';
import { dropUndefined } from '../drop-undefined.ts';
import type { Finding } from './finding.ts';
import { mergeFixes } from './fix.ts';

/**
 * Makes one finding of those that several roots make of the same line: a fault in a base is told once, with the roots
 * that it is built in. Their messages may differ in the names and namespaces that each root gives to the objects.
 * The first by root speaks for all.
 */
export function mergeFindings(findings: readonly Finding[]): Finding[] {
  return [...mergeWithParts(findings).keys()];
}

/** The same, each with the findings that it was made of. */
export function mergeWithParts(findings: readonly Finding[]): Map<Finding, readonly Finding[]> {
  const groups = new Map<string, Finding[][]>();
  for (const finding of findings) {
    const key = placeKey(finding);
    const sets = groups.get(key) ?? [];
    groups.set(key, sets);
    const same = sets.find(([first]) => first !== undefined && sameMessage(first, finding));
    if (same) same.push(finding);
    else sets.push([finding]);
  }
  return new Map([...groups.values()].flat().flatMap((parts) => mergeSame(parts).map((merged) => [merged, parts])));
}

/** Path, line and column, then rule: the order in which people mend things. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      compareText(a.at.file.path, b.at.file.path) ||
      a.at.start - b.at.start ||
      a.at.end - b.at.end ||
      compareText(a.rule, b.rule) ||
      compareText(a.message, b.message),
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

/** Whether two messages are the same but for what the roots call the objects. */
function sameMessage(a: Finding, b: Finding): boolean {
  if (a.message === b.message) return true;
  if (a.object === undefined || b.object === undefined || a.object.kind !== b.object.kind) return false;
  const words = splitWords(a.message);
  const others = splitWords(b.message);
  if (words.length !== others.length) return false;
  const changes = [differenceOf(a.object.name, b.object.name)];
  if (a.object.namespace && b.object.namespace) changes.push([a.object.namespace, b.object.namespace]);
  return words.every((word, index) => {
    const other = others[index] ?? '';
    return word === other || changes.some((change) => isChanged(word, other, change));
  });
}

/** Names and the text between them, alternating. */
function splitWords(text: string): string[] {
  return text.split(/([^A-Za-z0-9.-]+)/);
}

/** What two names differ in between the beginning and the end that they share: `staging-` and `production-`. */
function differenceOf(a: string, b: string): [string, string] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** Whether one word becomes the other when one root's part is put for the other's, once. */
function isChanged(word: string, other: string, [from, to]: readonly [string, string]): boolean {
  if (from === to || word.length - from.length !== other.length - to.length) return false;
  for (let at = 0; at + from.length <= word.length; at++) {
    if (word.startsWith(from, at) && word.slice(0, at) + to + word.slice(at + from.length) === other) return true;
  }
  return false;
}

import { groupBy } from '../collections/group-by.ts';
import type { Finding } from '../findings/finding.ts';
import { joinWords } from '../text/join-words.ts';
import { countOf } from './count.ts';

/** A finding to show, and similar ones that are only counted. */
export interface FoldedFinding {
  readonly finding: Finding;
  readonly alike: readonly Finding[];
}

/** With fewer similar findings than this, all are shown. */
const fewAlike = 3;

/**
 * Folds `build-incomplete` findings with the same cause: for a repository in which 300 roots have remote bases, that leaves
 * one finding with a count. A group appears in place of its first finding.
 */
export function foldIncomplete(findings: readonly Finding[]): FoldedFinding[] {
  const incomplete = findings.filter(({ rule }) => rule === 'build-incomplete');
  const groups = [...groupBy(incomplete, (finding) => [causeOf(finding)]).values()];
  const folded = new Map<Finding, readonly Finding[]>();
  for (const [first, ...alike] of groups) if (first && alike.length >= fewAlike) folded.set(first, alike);
  const hidden = new Set([...folded.values()].flat());
  return findings
    .filter((finding) => !hidden.has(finding))
    .map((finding) => ({ finding, alike: folded.get(finding) ?? [] }));
}

/** The message without the name of the missing part. */
function causeOf({ severity, message }: Finding): string {
  return `${severity} ${message.replace(missingPart, '')}`;
}

/** The first code span of a message, or the id of the object that a patch is for. */
const missingPart = /`[^`]*`|(?<=no object here is )[^\s,]+/;

/** The number of similar findings and, if their missing parts differ, which these are. */
export function describeAlike({ finding, alike }: FoldedFinding): string {
  const files = new Set(alike.map(({ at }) => at.file.path)).size;
  const count = `${alike.length} more like this in ${countOf(files, 'file')}; --verbose shows them`;
  const parts = [...groupBy(alike, (each) => [partOf(each)])].sort(([, a], [, b]) => b.length - a.length);
  if (parts.every(([part]) => part === partOf(finding))) return count;
  const named = parts
    .slice(0, parts.length > fewAlike + 1 ? fewAlike : parts.length)
    .map(([part, same]) => (same.length === 1 ? part : `${part} (${same.length} times)`));
  const rest = parts.length - named.length;
  return `${count}: ${joinWords(rest === 0 ? named : [...named, `${rest} others`])}`;
}

function partOf({ message }: Finding): string {
  return missingPart.exec(message)?.[0] ?? '';
}

import { groupBy } from '../group-by.ts';
import { joinWords } from '../join-words.ts';
import type { Finding } from '../lint/finding.ts';
import { countOf } from './count.ts';

/** A finding that is shown, and those that would say the same of other parts and are only counted. */
export interface FoldedFinding {
  readonly finding: Finding;
  readonly alike: readonly Finding[];
}

/** So many of a kind are still shown one by one. */
const fewAlike = 3;

/**
 * Folds findings of `build-incomplete` that have one cause and one way out: in a repository whose 300 roots all have remote bases
 * that is one finding with a count. They keep their order, and each group stands where its first one does.
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

/** The message without the part that is left out, which it names first. */
function causeOf({ severity, message }: Finding): string {
  return `${severity} ${message.replace(/`[^`]*`/, '``')}`;
}

/** How many there are, and what they leave out where that is something else. */
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
  return /`[^`]*`/.exec(message)?.[0] ?? '';
}

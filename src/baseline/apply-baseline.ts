import { posix } from 'node:path';
import { dropUndefined } from '../drop-undefined.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Finding } from '../lint/finding.ts';
import { displayPath } from '../report/display-path.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { type Baseline, type BaselineEntry, type BaselineOutcome, countEntries, entryKey } from './baseline.ts';

/**
 * Removes the findings that the baseline lists, root by root: a finding of several roots stays for the roots without an entry.
 * @param findings merged over roots
 * @param partsOf the findings that one was merged from, each with a single root and the object's name in that root
 */
export function applyBaseline(
  findings: readonly Finding[],
  partsOf: (finding: Finding) => readonly Finding[] | undefined,
  baseline: Baseline,
  built: readonly BuiltRoot[],
  { fileSystem }: SourceCache,
): { kept: Finding[]; outcome: BaselineOutcome } {
  const directory = posix.dirname(baseline.path);
  const left = new Map(
    countEntries(baseline.entries).map((entry) => [entryKey(entry), { entry, count: entry.count ?? 1 }]),
  );
  const entries: BaselineEntry[] = [];
  let known = 0;

  const take = (finding: Finding): boolean => {
    const entry = toEntry(finding, directory);
    entries.push(entry);
    const budget = left.get(entryKey(entry));
    if (budget === undefined || budget.count === 0) return false;
    budget.count--;
    known++;
    return true;
  };
  const kept = findings.flatMap((finding) => {
    // Findings of the linter itself, such as `suppression-unused`, were not merged.
    const parts = partsOf(finding) ?? finding.roots.map((root) => ({ ...finding, roots: [root] }));
    const fresh = parts.filter((part) => !take(part));
    const [first] = fresh;
    if (first === undefined) return parts.length === 0 ? [finding] : [];
    return [
      fresh.length === parts.length ? finding : { ...first, roots: [...new Set(fresh.flatMap(({ roots }) => roots))] },
    ];
  });
  const linted = new Set(built.map(({ path }) => displayPath(path, directory)));
  // A root that was not linted in this run keeps its entries, unless it no longer exists.
  const isGone = (root: string) => fileSystem.stat(posix.resolve(directory, root)) === undefined;
  const stale = [...left.values()]
    .filter(({ entry, count }) => count > 0 && (linted.has(entry.root) || isGone(entry.root)))
    .map(({ entry }) => entry);
  return { kept, outcome: { path: baseline.path, known, stale, entries: countEntries(entries) } };
}

function toEntry({ rule, object, field, at, roots }: Finding, directory: string): BaselineEntry {
  const root = displayPath(roots[0] ?? '', directory);
  if (object === undefined) return { rule, file: displayPath(at.file.path, directory), root };
  const { kind, namespace, name } = object;
  const called = [...(namespace === undefined ? [] : [namespace]), kind, name].join('/');
  return { rule, object: called, ...dropUndefined({ field }), root };
}

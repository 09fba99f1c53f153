import { posix } from 'node:path';
import { dropUndefined } from '../collections/drop-undefined.ts';
import type { Finding } from '../findings/finding.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import { mergeSame } from '../lint/merge-findings.ts';
import { versionLikePart } from '../objects/version.ts';
import { displayPath } from '../report/display-path.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { type Baseline, type BaselineEntry, type BaselineOutcome, countEntries, entryKey } from './baseline.ts';

/**
 * Removes the findings that the baseline lists, root by root: a finding of several roots stays for the roots without an entry.
 * @param findings merged over roots
 * @param parts the findings that each was merged from, each with a single root and the object's name in that root; those of
 *   findings that stay for some of their roots are added
 */
export function applyBaseline(
  findings: readonly Finding[],
  parts: Map<Finding, readonly Finding[]>,
  baseline: Baseline,
  built: readonly BuiltRoot[],
  { fileSystem }: SourceCache,
): { kept: Finding[]; outcome: BaselineOutcome } {
  const directory = posix.dirname(baseline.path);
  const remaining = new RemainingEntries(baseline.entries);
  const entries: BaselineEntry[] = [];
  let known = 0;
  const isKnown = (finding: Finding): boolean => {
    const entry = toEntry(finding, directory);
    entries.push(entry);
    const isListed = remaining.take(entry);
    if (isListed) known++;
    return isListed;
  };
  const kept = findings.flatMap((finding) => {
    // Findings of the linter itself, such as `suppression-unused`, were not merged.
    const all = parts.get(finding) ?? finding.roots.map((root) => ({ ...finding, roots: [root] }));
    if (all.length === 0) return [finding];
    const fresh = all.filter((part) => !isKnown(part));
    if (fresh.length === all.length) return [finding];
    const rest = mergeSame(fresh);
    for (const each of rest) parts.set(each, fresh);
    return rest;
  });
  const linted = new Set(built.map(({ path }) => displayPath(path, directory)));
  // A root that was not linted in this run keeps its entries, unless it no longer exists.
  const isGone = (root: string) => fileSystem.stat(posix.resolve(directory, root)) === undefined;
  const stale = remaining.entries().filter(({ root }) => linted.has(root) || isGone(root));
  const { path, isUnnamed } = baseline;
  return { kept, outcome: { path, ...dropUndefined({ isUnnamed }), known, stale, entries: countEntries(entries) } };
}

/** The entries of a baseline that no finding has matched so far. */
class RemainingEntries {
  readonly #counts: ReadonlyMap<string, { readonly entry: BaselineEntry; count: number }>;

  constructor(entries: readonly BaselineEntry[]) {
    this.#counts = new Map(countEntries(entries).map((entry) => [entryKey(entry), { entry, count: entry.count ?? 1 }]));
  }

  /** Takes one finding off an entry; returns false if there is none left. */
  take(entry: BaselineEntry): boolean {
    const found = this.#counts.get(entryKey(entry));
    if (found === undefined || found.count === 0) return false;
    found.count--;
    return true;
  }

  entries(): BaselineEntry[] {
    return [...this.#counts.values()].filter(({ count }) => count > 0).map(({ entry }) => entry);
  }
}

function toEntry({ rule, object, field, at, roots }: Finding, directory: string): BaselineEntry {
  const root = displayPath(roots[0] ?? '', directory);
  if (object === undefined) return { rule, file: displayPath(at.file.path, directory), root };
  const { kind, namespace, name } = object;
  const called = [...(namespace === undefined ? [] : [namespace]), kind, withoutVersion(kind, name)].join('/');
  return { rule, object: called, ...dropUndefined({ field }), root };
}

/** Kinds whose names change from release to release: Jobs carry the version, and generated objects a hash. */
const versionedKinds: readonly string[] = ['Job', 'ConfigMap', 'Secret'];

/** An object's name with its version as `*`, so that the next release is still known. */
function withoutVersion(kind: string, name: string): string {
  const version = versionedKinds.includes(kind) ? versionLikePart(name) : undefined;
  if (version === undefined) return name;
  const at = name.lastIndexOf(version);
  return `${name.slice(0, at)}*${name.slice(at + version.length)}`;
}

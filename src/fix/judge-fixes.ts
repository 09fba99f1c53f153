import { groupBy } from '../collections/group-by.ts';
import type { Finding } from '../findings/finding.ts';
import type { FixSubject } from '../findings/fix.ts';
import { isFluxKustomization } from '../flux/flux-kustomization.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Resource } from '../kustomize/resources/resource.ts';
import { equalNodes } from '../source/equal-nodes.ts';
import type { Linted } from './fix-findings.ts';

/**
 * Why fixes must be undone, as a clause without a full stop. Undefined if they worked and did nothing else: their findings
 * are gone in every root, there are no new ones, every root that could be built still can be, and only the fixes' own
 * objects have changed. If a fix renames something, other objects may have to follow, so fewer findings in each root suffice.
 */
export function judgeFixes(before: Linted, after: Linted, fixed: readonly Finding[]): string | undefined {
  if (after.result.crashes.length > before.result.crashes.length) return 'migrate-lint crashes on the result';
  const failed = new Set(before.result.roots.filter(({ state }) => state === 'failed').map(({ path }) => path));
  const broken = after.result.roots.find(({ path, state }) => state === 'failed' && !failed.has(path));
  if (broken) return 'the tree would no longer build';
  // A share says nothing of skipped paths, but `--shard` does not go with fixes.
  const unread = new Set(before.result.skipped.map(({ path }) => path));
  // Nothing is found in a pipeline that is no longer valid YAML.
  if (after.result.skipped.some(({ path, bears }) => bears && !unread.has(path)))
    return 'a file could no longer be read';
  const counts = countFindings(before.found);
  const gone = countFindings(fixed);
  const renames = fixed.some(({ fix }) => fix?.renames);
  if (renames && hasMore(before, after, [...new Set(fixed.flatMap(({ roots }) => roots))]))
    return 'there would be no fewer findings';
  for (const [key, { count, rule }] of countFindings(after.found)) {
    const removed = gone.get(key)?.count ?? 0;
    if (count <= (counts.get(key)?.count ?? 0) - removed) continue;
    if (renames && removed === 0) continue;
    return removed > 0 ? 'the finding would remain' : `\`${rule}\` would report something new`;
  }
  return renames ? undefined : describeStray(before.built, after.built, fixed);
}

/** Counts the findings by rule and root. */
function countFindings(findings: readonly Finding[]): Map<string, { count: number; rule: string }> {
  const counts = new Map<string, { count: number; rule: string }>();
  for (const { rule, roots } of findings) {
    for (const root of roots) {
      const key = JSON.stringify([rule, root]);
      counts.set(key, { rule, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  return counts;
}

/** Whether one of the roots has as many findings as before, or more. */
function hasMore(before: Linted, after: Linted, roots: readonly string[]): boolean {
  const total = ({ found }: Linted, root: string): number =>
    found.filter((finding) => finding.roots.includes(root)).length;
  return roots.some((root) => total(after, root) >= total(before, root));
}

/** Describes an object that changed but should not have; undefined if there is none. */
function describeStray(
  before: readonly BuiltRoot[],
  after: readonly BuiltRoot[],
  fixed: readonly Finding[],
): string | undefined {
  const subjects = new Set(fixed.flatMap(({ fix }) => fix?.subjects ?? []).map(subjectKey));
  const roots = new Map(after.map((root) => [root.path, root]));
  for (const root of before) {
    const then = roots.get(root.path);
    if (then === undefined || then.files.every((file, index) => file.text === root.files[index]?.text)) continue;
    for (const stray of findChanged(root, then)) {
      // A fix may write a patch into a Flux Kustomization; its effect shows in the root that Flux builds.
      if (isFluxKustomization(stray)) continue;
      if (subjects.has(subjectKey({ root: root.path, object: stray }))) continue;
      return `${stray.kind} \`${stray.name}\` would change too`;
    }
  }
  return undefined;
}

function subjectKey({ root, object: { apiVersion, kind, namespace, name } }: FixSubject): string {
  return JSON.stringify([root, apiVersion, kind, namespace ?? '', name]);
}

/** The objects of a build that are missing or different in another one. Plain manifests may contain an object twice. */
function findChanged(before: BuiltRoot, after: BuiltRoot): Resource[] {
  const byId = groupBy(after.resources, (resource) => [idKey(resource)]);
  const seen = new Map<string, number>();
  return before.resources.filter((resource) => {
    const key = idKey(resource);
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    const same = byId.get(key)?.[index];
    return same === undefined || !equalNodes(resource.node, same.node);
  });
}

function idKey({ apiVersion, kind, namespace, name }: Resource): string {
  return JSON.stringify([apiVersion, kind, namespace, name]);
}

import { posix } from 'node:path';
import { dropUndefined } from '../collections/drop-undefined.ts';
import { configNames } from '../config/find-config.ts';
import type { Finding } from '../findings/finding.ts';
import { fluxOutcome } from '../flux/flux-built-root.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { FileSystem } from '../source/files/file-system.ts';
import { isWithin, isWithinAny } from '../source/files/path.ts';
import { originChain, originSpan } from '../source/origin.ts';
import type { LintResult } from './lint-result.ts';
import type { LintedRoots } from './lint-roots.ts';
import { mergeSame } from './merge-findings.ts';

/**
 * Limits a result to what a change can affect: the roots that read one of the changed files, and the findings in these roots
 * or in the files themselves. Everything has been linted, because a mistake in a base shows up in its overlays.
 *
 * A finding of several roots is limited to those of them that the change can affect. It then names the objects as they are
 * called there, and keeps the fix for all of its roots.
 * @param changed absolute paths of files that were changed, added or deleted; a folder stands for all below it
 */
export function limitToChanges<T extends Limited>(
  result: T,
  built: readonly BuiltRoot[],
  changed: readonly string[],
  fileSystem: FileSystem,
): LimitedTo<T> {
  const change = new Change(changed, fileSystem);
  const reached = new Set(built.filter((root) => change.reaches(root)).map(({ path }) => path));
  const isAffected = ({ roots, at, related }: Finding) =>
    roots.some((path) => reached.has(path)) ||
    [at, ...related.map((other) => other.at)].some((one) => change.has(one.file.path));
  const affectedParts = (finding: Finding) => (result.parts.get(finding) ?? [finding]).filter(isAffected);
  const limit = (finding: Finding): Finding[] => {
    const affected = affectedParts(finding);
    if (affected.length === (result.parts.get(finding)?.length ?? 1)) return [finding];
    return mergeSame(affected).map((one) => ({ ...one, ...dropUndefined({ fix: finding.fix }) }));
  };
  return {
    ...result,
    findings: result.findings.flatMap(limit),
    suppressed: result.suppressed.flatMap(({ finding, reason }) =>
      limit(finding).map((one) => ({ finding: one, reason })),
    ),
    roots: result.roots.filter(({ path }) => reached.has(path)),
    affected: result.findings.filter((finding) => affectedParts(finding).length > 0),
  };
}

/** A result that was limited to a change. */
type LimitedTo<T> = T & {
  /** The findings of which the result shows at least a part, with all their roots. */
  readonly affected: readonly Finding[];
};

/** What can be limited. */
type Limited = Pick<LintResult, 'findings' | 'suppressed' | 'roots'> & Pick<LintedRoots, 'parts'>;

/** A set of changed files. */
class Change {
  readonly #paths: ReadonlySet<string>;
  readonly #deleted: readonly string[];
  readonly #statements: readonly string[];
  readonly #fileSystem: FileSystem;
  readonly #settings: boolean;

  constructor(changed: readonly string[], fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
    // A build may read a file under another name than Git's, through a link.
    this.#paths = new Set(changed.flatMap((path) => [path, fileSystem.realPath(path) ?? path]));
    this.#deleted = changed.filter((path) => fileSystem.stat(path) === undefined);
    this.#statements = changed.filter((path) => path.endsWith('.sql'));
    this.#settings = changed.some((path) => configNames.includes(posix.basename(path)));
  }

  /** Whether a file was changed, or is below a changed folder. */
  has(path: string): boolean {
    return isWithinAny(path, this.#paths);
  }

  /** Whether a root may be affected; changed settings affect every root. */
  reaches(root: BuiltRoot): boolean {
    if (this.#settings) return true;
    const files = filesOf(root);
    return (
      files.some((path) => this.has(path)) ||
      this.#lost(root, files) ||
      this.#joins(files) ||
      files.some((path) => this.has(this.#fileSystem.realPath(path) ?? path))
    );
  }

  /**
   * Whether a root may have read a deleted file. Nothing records that, so it counts for a root with problems, for one that
   * reads other files in the same folder, and for one at or above that folder.
   */
  #lost(root: BuiltRoot, files: readonly string[]): boolean {
    if (this.#deleted.length === 0) return false;
    const folders = foldersOf(files);
    return (
      root.problems.length > 0 ||
      this.#deleted.some((path) => folders.has(posix.dirname(path)) || isWithin(path, root.path))
    );
  }

  /** Whether a migration was added beside those that a root reads: a generator may not list it. */
  #joins(files: readonly string[]): boolean {
    if (this.#statements.length === 0) return false;
    const folders = foldersOf(files.filter((path) => path.endsWith('.sql')));
    return this.#statements.some((path) => folders.has(posix.dirname(path)));
  }
}

function foldersOf(files: readonly string[]): Set<string> {
  return new Set(files.map((path) => posix.dirname(path)));
}

/** The files that a root was built from; for Flux, also those with its Kustomization and variables. */
function filesOf(root: BuiltRoot): string[] {
  const files = new Set(root.files.map(({ path }) => path));
  const flux = fluxOutcome(root);
  if (flux === undefined) return [...files];
  const variables = [...(flux.variables?.byName.values() ?? [])].flatMap(({ origin }) => origin ?? []);
  for (const origin of [flux.kustomization.resource.node.origin, ...variables]) {
    for (const step of originChain(origin)) files.add(originSpan(step).file.path);
  }
  return [...files];
}

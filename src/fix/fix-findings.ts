import { groupBy } from '../collections/group-by.ts';
import { pushAll } from '../collections/push-all.ts';
import type { Finding } from '../findings/finding.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { LintResult } from '../lint/lint-result.ts';
import type { FileSystem } from '../source/files/file-system.ts';
import { changedFileSystem } from './changed-file-system.ts';
import { applyEdits } from './edit.ts';
import { judgeFixes } from './judge-fixes.ts';
import {
  type Candidate,
  chooseCompatible,
  keyOf,
  type Permission,
  planCandidates,
  type RefusedFix,
} from './plan-candidates.ts';

/** A lint run with its builds. */
export interface Linted {
  readonly result: LintResult;
  /** All findings, even if `result` is limited to what changes can affect. */
  readonly found: readonly Finding[];
  /** Those of them to fix, with all their roots. */
  readonly affected: readonly Finding[];
  readonly built: readonly BuiltRoot[];
}

/** The outcome of fixing. Nothing has been written yet. */
export interface FixOutcome {
  /** The run before any fix. */
  readonly first: Linted;
  /** The run on the changed files, with the findings that are left. */
  readonly linted: Linted;
  /** The fixed findings, in the order of their fixes. */
  readonly fixed: readonly Finding[];
  /** Findings of the last run whose fix was wanted but could not be made. */
  readonly refused: readonly RefusedFix[];
  /** The new and changed files, by real path. */
  readonly changed: ReadonlyMap<string, FileChange>;
}

/** The content of a file before and after; `before` is undefined for a new file. */
export interface FileChange {
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array;
}

/**
 * Applies fixes in rounds: as many as do not conflict with each other, followed by a lint run on the result. If the run shows
 * that a fix did not work, or did too much, the round is undone and repeated with half as many, until the faulty fix is alone
 * and can be refused. Each successful round leaves fewer findings, so this ends.
 * @param lint lints the given files, of which those in `changed` differ from the original ones
 */
export async function fixFindings(
  lint: (fileSystem: FileSystem, changed: ReadonlyMap<string, FileChange>) => Promise<Linted>,
  fileSystem: FileSystem,
  { wants, refuse }: Permission,
): Promise<FixOutcome> {
  let changed: ReadonlyMap<string, FileChange> = new Map();
  const first = await lint(fileSystem, changed);
  let linted = first;
  const fixed: Finding[] = [];
  const failed = new Map<string, string>();
  for (let most = Number.POSITIVE_INFINITY; ; ) {
    const files = changedFileSystem(fileSystem, changed);
    const { candidates, refused } = planCandidates(linted.affected.filter(wants), failed, files, refuse);
    const batch = chooseCompatible(candidates).slice(0, most);
    if (batch.length === 0) return { first, linted, fixed, refused, changed };
    const next = makeChanges(batch, changed, files);
    const after = await lint(changedFileSystem(fileSystem, next), next);
    const tried = batch.map(({ finding }) => finding);
    const objection = judgeFixes(linted, after, tried);
    if (objection === undefined) {
      pushAll(fixed, tried);
      [linted, changed] = [after, next];
      most *= 2;
    } else if (batch.length > 1) most = Math.ceil(batch.length / 2);
    else for (const finding of tried) failed.set(keyOf(finding), objection);
  }
}

/** The changed files after these fixes. Byte-order marks are kept. */
function makeChanges(
  batch: readonly Candidate[],
  before: ReadonlyMap<string, FileChange>,
  files: FileSystem,
): Map<string, FileChange> {
  const changed = new Map(before);
  const edits = batch.flatMap((candidate) => candidate.edits);
  for (const [path, made] of groupBy(edits, (edit) => [edit.path])) {
    const [first] = made;
    if (first === undefined) continue;
    const bytes = files.readFile(path);
    const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\ufeff' : '';
    const old = before.has(path) ? before.get(path)?.before : bytes;
    changed.set(path, { before: old, after: encode(mark + applyEdits(first.file.text, made)) });
  }
  for (const { path, text } of batch.flatMap((candidate) => candidate.files)) {
    changed.set(path, { before: undefined, after: encode(text) });
  }
  return changed;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

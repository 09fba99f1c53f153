import { posix } from 'node:path';
import { groupBy } from '../group-by.ts';
import type { BuiltRoot } from '../kustomize/built-root.ts';
import type { Finding } from '../lint/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import { pushAll } from '../push-all.ts';
import type { FileSystem } from '../source/file-system.ts';
import { changedFileSystem } from './changed-file-system.ts';
import { applyEdits, type Edit, type NewFile, overlap } from './edit.ts';
import { judgeFixes } from './judge-fixes.ts';
import { differentValues, planFix } from './plan-fix.ts';

/** A lint run with its builds. */
export interface Linted {
  readonly result: LintResult;
  /** All findings, even if `result` is limited to what changes can affect. */
  readonly found: readonly Finding[];
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

/** Which fixes to make, and in which files. */
export interface Permission {
  wants(finding: Finding): boolean;
  /** Why a file, by its real path, may not be written, as a clause without a full stop; undefined if it may. */
  refuse(path: string): string | undefined;
}

export interface RefusedFix {
  readonly finding: Finding;
  /** A clause without a full stop. */
  readonly why: string;
}

/** A finding whose fix can be applied. */
interface Candidate {
  readonly finding: Finding;
  readonly edits: readonly PlacedEdit[];
  readonly files: readonly NewFile[];
}

/** An edit with the real path of its file, which may be read under several paths. */
interface PlacedEdit extends Edit {
  readonly path: string;
}

/**
 * Applies fixes in rounds: as many as do not conflict with each other, followed by a lint run on the result. If the run shows
 * that a fix did not work, or did too much, the round is undone and repeated with half as many, until the faulty fix is alone
 * and can be refused. Each successful round leaves fewer findings, so this ends.
 */
export async function fixFindings(
  lint: (fileSystem: FileSystem) => Promise<Linted>,
  fileSystem: FileSystem,
  { wants, refuse }: Permission,
): Promise<FixOutcome> {
  const first = await lint(fileSystem);
  let linted = first;
  let changed: ReadonlyMap<string, FileChange> = new Map();
  const fixed: Finding[] = [];
  const failed = new Map<string, string>();
  for (let most = Number.POSITIVE_INFINITY; ; ) {
    const files = changedFileSystem(fileSystem, changed);
    const { candidates, refused } = planAll(linted.result.findings.filter(wants), failed, files, refuse);
    const batch = chooseApart(candidates).slice(0, most);
    if (batch.length === 0) return { first, linted, fixed, refused, changed };
    const next = makeChanges(batch, changed, files);
    const after = await lint(changedFileSystem(fileSystem, next));
    const objection = judgeFixes(
      linted,
      after,
      batch.map(({ finding }) => finding),
    );
    if (objection === undefined) {
      pushAll(
        fixed,
        batch.map(({ finding }) => finding),
      );
      [linted, changed] = [after, next];
      most *= 2;
    } else if (batch.length > 1) most = Math.ceil(batch.length / 2);
    else for (const { finding } of batch) failed.set(keyOf(finding), objection);
  }
}

function planAll(
  findings: readonly Finding[],
  failed: ReadonlyMap<string, string>,
  files: FileSystem,
  refuse: Permission['refuse'],
): { candidates: Candidate[]; refused: RefusedFix[] } {
  const candidates: Candidate[] = [];
  const refused: RefusedFix[] = [];
  for (const finding of findings) {
    if (finding.fix === undefined) continue;
    const why = failed.get(keyOf(finding));
    const plan =
      why === undefined
        ? planFix(finding.fix, (path) => files.stat(path) !== undefined)
        : ({ kind: 'refused', why } as const);
    if (plan.kind === 'refused') {
      refused.push({ finding, why: plan.why });
      continue;
    }
    const edits = plan.edits.map((edit) => ({ ...edit, path: realPathOf(edit.file.path, files) }));
    const created = plan.files.map(({ path, text }) => ({ path: realPathOf(path, files), text }));
    const [closed] = [...edits, ...created].flatMap(({ path }) => refuse(path) ?? []);
    if (closed === undefined) candidates.push({ finding, edits, files: created });
    else refused.push({ finding, why: closed });
  }
  const disputed = new Set(candidates.filter((one) => candidates.some((other) => disagree(one, other))));
  for (const { finding } of disputed) refused.push({ finding, why: differentValues });
  return { candidates: candidates.filter((one) => !disputed.has(one)), refused };
}

/** Whether two findings of a rule at the same location, in different roots, need different texts there. */
function disagree({ finding, edits }: Candidate, other: Candidate): boolean {
  const { rule, at } = other.finding;
  if (finding.rule !== rule || finding.at.file.path !== at.file.path || finding.at.start !== at.start) return false;
  return edits.some((edit) =>
    other.edits.some((each) => each.path === edit.path && overlap(each, edit) && each.text !== edit.text),
  );
}

/** Chooses fixes that do not conflict with each other; earlier ones take precedence. */
function chooseApart(candidates: readonly Candidate[]): Candidate[] {
  const chosen: Candidate[] = [];
  for (const candidate of candidates) {
    const clashes = chosen.some(
      ({ edits, files }) =>
        edits.some((edit) => candidate.edits.some((other) => edit.path === other.path && overlap(edit, other))) ||
        files.some(({ path }) => candidate.files.some((other) => other.path === path)),
    );
    if (!clashes) chosen.push(candidate);
  }
  return chosen;
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

/** The real path of a file; for one that does not exist yet, in the real path of its folder. */
function realPathOf(path: string, files: FileSystem): string {
  const folder = posix.dirname(path);
  return files.realPath(path) ?? posix.join(files.realPath(folder) ?? folder, posix.basename(path));
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Identifies a finding across runs, in which lines move. */
function keyOf({ rule, message, at, object, field, roots }: Finding): string {
  return JSON.stringify([rule, message, at.file.path, object, field, roots]);
}

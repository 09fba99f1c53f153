import { posix } from 'node:path';
import type { Finding } from '../findings/finding.ts';
import type { FileSystem } from '../source/files/file-system.ts';
import { type Edit, type NewFile, overlap } from './edit.ts';
import { differentValues, planFix } from './plan-fix.ts';

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
export interface Candidate {
  readonly finding: Finding;
  readonly edits: readonly PlacedEdit[];
  readonly files: readonly NewFile[];
}

/** An edit with the real path of its file, which may be read under several paths. */
interface PlacedEdit extends Edit {
  readonly path: string;
}

/**
 * Plans the fixes of findings.
 * @param failed why fixes failed in earlier rounds, by {@link keyOf}
 */
export function planCandidates(
  findings: readonly Finding[],
  failed: ReadonlyMap<string, string>,
  files: FileSystem,
  refuse: Permission['refuse'],
): { candidates: Candidate[]; refused: RefusedFix[] } {
  const candidates: Candidate[] = [];
  const refused: RefusedFix[] = [];
  for (const finding of findings) {
    const failure = failed.get(keyOf(finding));
    const planned = failure === undefined ? planCandidate(finding, files, refuse) : { finding, why: failure };
    if (planned === undefined) continue;
    if ('why' in planned) refused.push(planned);
    else candidates.push(planned);
  }
  const disputed = new Set(candidates.filter((one) => candidates.some((other) => disagree(one, other))));
  for (const { finding } of disputed) refused.push({ finding, why: differentValues });
  return { candidates: candidates.filter((one) => !disputed.has(one)), refused };
}

/** Plans the fix of a finding; undefined if it has none. */
function planCandidate(
  finding: Finding,
  files: FileSystem,
  refuse: Permission['refuse'],
): Candidate | RefusedFix | undefined {
  if (finding.fix === undefined) return undefined;
  const plan = planFix(finding.fix, (path) => files.stat(path) !== undefined);
  if (plan.kind === 'refused') return { finding, why: plan.why };
  const edits = plan.edits.map((edit) => ({ ...edit, path: realPathOf(edit.file.path, files) }));
  const created = plan.files.map(({ path, text }) => ({ path: realPathOf(path, files), text }));
  const [why] = [...edits, ...created].flatMap(({ path }) => refuse(path) ?? []);
  return why === undefined ? { finding, edits, files: created } : { finding, why };
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
export function chooseCompatible(candidates: readonly Candidate[]): Candidate[] {
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

/** The real path of a file; for one that does not exist yet, in the real path of its folder. */
function realPathOf(path: string, files: FileSystem): string {
  const folder = posix.dirname(path);
  return files.realPath(path) ?? posix.join(files.realPath(folder) ?? folder, posix.basename(path));
}

/** Identifies a finding across runs, in which lines move. */
export function keyOf({ rule, message, at, object, field, roots }: Finding): string {
  return JSON.stringify([rule, message, at.file.path, object, field, roots]);
}

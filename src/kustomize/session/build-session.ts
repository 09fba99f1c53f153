import type { SourceCache } from '../../source/source-cache.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { FolderAccess, KustomizationFolder } from '../load/kustomization-folder.ts';
import type { OverriddenField } from '../load/overridden-field.ts';
import { AbsentFile, AbsentPart, BuildError, type BuildProblem, leavesComplete } from '../problem.ts';
import type { ReplacementTrace } from '../replacements/replacement-trace.ts';
import type { BuildContext } from './build-context.ts';
import { OutOfTime } from './build-limits.ts';
import type { BuildMetadata } from './build-metadata.ts';
import type { EntryTrace } from './entry-trace.ts';
import { LeftOut, unlessLeftOut } from './left-out.ts';

/** What all kustomizations of one root's build share. */
export interface BuildSession {
  readonly sources: SourceCache;
  readonly access: FolderAccess;
  readonly context: BuildContext;
  /** The `buildMetadata:` of the built root; that of its bases has no effect. */
  metadata: BuildMetadata;
  readonly notes: BuildNotes;
  /** Whether an `openapi:` field has taken effect; only the first one does. */
  schemaIsSet: boolean;
}

/** What a build records. The lists only grow, so that the records of one step are a slice of them. */
export interface BuildNotes {
  readonly problems: BuildProblem[];
  readonly replacements: ReplacementTrace[];
  readonly entries: EntryTrace[];
  /** What kustomizations set and then set again. */
  readonly overridden: OverriddenField[];
  /** Every file that was read, once for each time. */
  readonly files: SourceFile[];
  /** The folder of every kustomization that was opened. */
  readonly folders: KustomizationFolder[];
  /**
   * How many objects so far have a kind that the built-in schema lacks; if any, a tree's own schema extends the
   * built-in one.
   */
  unknownKinds: number;
}

/**
 * Runs `part` and returns its result, or undefined if the part is left out or absent; the build then goes on without it.
 * Only the first absent part is reported, since kustomize stops there; if that one was settings, the first absent part
 * of any other kind is reported as well.
 * @param lacks what the build lacks without the part, if that can be nothing else
 */
export function attemptPart<T>(
  { context, notes }: BuildSession,
  part: () => T,
  lacks?: BuildProblem['lacks'],
): T | undefined {
  try {
    return part();
  } catch (error) {
    if (!(error instanceof LeftOut || error instanceof AbsentPart)) throw error;
    const errors = notes.problems.filter((each) => each.kind === 'error' && !leavesComplete(each));
    const isFirst = errors.length === 0 || (lacks === undefined && errors.every((each) => each.lacks !== undefined));
    if (error instanceof LeftOut || isFirst) context.report({ ...error.problem, ...(lacks && { lacks }) });
    return undefined;
  }
}

/**
 * Runs a step of a build, or leaves it out. If a part was left out before, an error may only mean that the step needs
 * that part: it is reported as incomplete, and the build goes on. If a part is absent, kustomize stops there, and an
 * error of a later step is not reported. An absent file of the step itself, such as a patch, still ends the build, since
 * the result without it is unknown.
 */
export function attemptStep(session: BuildSession, step: () => void): void {
  try {
    unlessLeftOut(session.context, step);
  } catch (error) {
    const problems = session.notes.problems.filter((each) => !leavesComplete(each));
    if (!(error instanceof BuildError) || error instanceof OutOfTime || problems.length === 0) throw error;
    if (problems.every(({ kind }) => kind === 'error')) {
      if (error instanceof AbsentFile) throw error;
      return;
    }
    const message = `perhaps only because of what is left out: ${error.message}`;
    session.context.report({ ...error.problem, kind: 'incomplete', message });
  }
}

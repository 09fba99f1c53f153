import type { SourceCache } from '../source/source-cache.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { BuildContext } from './build-context.ts';
import { unlessLeftOut } from './left-out.ts';
import type { FolderAccess, KustomizationFolder } from './load/kustomization-folder.ts';
import { AbsentFile, AbsentPart, BuildError, type BuildProblem } from './problem.ts';
import type { ReplacementTrace } from './replacements/replacement-trace.ts';

/** What all parts of one root's build share. */
export interface BuildSession {
  readonly sources: SourceCache;
  readonly access: FolderAccess;
  readonly context: BuildContext;
  /** Which notes the built kustomization wants on its objects. Its bases have no say in it. */
  metadata: BuildMetadata;
  readonly notes: BuildNotes;
  /** Whether an `openapi:` field has been heeded already; kustomize heeds the first. */
  schemaIsSet: boolean;
}

/** What a build notes on its way; only ever added to, so that what one step has noted is what comes behind. */
export interface BuildNotes {
  readonly problems: BuildProblem[];
  readonly replacements: ReplacementTrace[];
  /** Every file that was read, as often as it was. */
  readonly files: SourceFile[];
  /** The folder of every kustomization that was opened. */
  readonly folders: KustomizationFolder[];
  /** How many objects of kinds that are not built in were met; with any, the built-in schema counts beside a tree's own. */
  unknownKinds: number;
}

/** The options of `buildMetadata:`. */
export interface BuildMetadata {
  readonly origins: boolean;
  readonly transformers: boolean;
  readonly managedByLabel: boolean;
}

export const noBuildMetadata: BuildMetadata = { origins: false, transformers: false, managedByLabel: false };

/** Whether objects are annotated at all while they are built. */
export function tracksOrigins({ origins, transformers, managedByLabel }: BuildMetadata): boolean {
  return origins || transformers || managedByLabel;
}

/**
 * Adds a part to a build, or goes on without it where it is left out or absent; gives what the part gives. Of absent parts the first
 * is reported, at which kustomize ends, and behind settings the first that may be anything.
 * @param lacks what the build goes without, where the part is known to be nothing else
 */
export function attemptPart<T>(
  { context, notes }: BuildSession,
  part: () => T,
  lacks?: BuildProblem['lacks'],
): T | undefined {
  try {
    return unlessLeftOut(context, part);
  } catch (error) {
    if (!(error instanceof AbsentPart)) throw error;
    const errors = notes.problems.filter(({ kind, correction }) => kind === 'error' && correction === undefined);
    if (errors.length === 0 || (lacks === undefined && errors.every((earlier) => earlier.lacks !== undefined)))
      context.report(lacks === undefined ? error.problem : { ...error.problem, lacks });
    return undefined;
  }
}

/**
 * Does a step of a build, or leaves it out. Where a part of the build was left out before, an error may only mean that
 * the step is about that part: it is reported as left out as well, and the build goes on. Where a part is absent kustomize comes
 * no further, and nothing is said of what the step lacks; but without the file of a patch nobody knows what the rest would be.
 */
export function attemptStep(session: BuildSession, step: () => void): void {
  try {
    unlessLeftOut(session.context, step);
  } catch (error) {
    const problems = session.notes.problems.filter(({ correction }) => correction === undefined);
    if (!(error instanceof BuildError) || problems.length === 0) throw error;
    if (problems.every(({ kind }) => kind === 'error')) {
      if (error instanceof AbsentFile) throw error;
      return;
    }
    const message = `perhaps only because of what is left out: ${error.message}`;
    session.context.report({ ...error.problem, kind: 'incomplete', message });
  }
}

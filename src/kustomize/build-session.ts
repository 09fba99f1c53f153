import type { SourceCache } from '../source/source-cache.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { BuildContext } from './build-context.ts';
import { unlessLeftOut } from './left-out.ts';
import type { FolderAccess, KustomizationFolder } from './load/kustomization-folder.ts';
import { BuildError, type BuildProblem } from './problem.ts';
import type { ReplacementTrace } from './replacements/replacement-trace.ts';

/** What all parts of one root's build share. */
export interface BuildSession {
  readonly sources: SourceCache;
  readonly access: FolderAccess;
  readonly context: BuildContext;
  /** Which notes the built kustomization wants on its objects. Its bases have no say in it. */
  metadata: BuildMetadata;
  /** Whether a part was left out, so that what later steps miss may well be in it. */
  isIncomplete(): boolean;
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
 * Does a step of a build, or leaves it out. Where a part of the build was left out before, an error may only mean that
 * the step is about that part: it is reported as left out as well, and the build goes on.
 */
export function attemptStep(session: BuildSession, step: () => void): void {
  try {
    unlessLeftOut(session.context, step);
  } catch (error) {
    if (!(error instanceof BuildError) || !session.isIncomplete()) throw error;
    const message = `perhaps only because of what is left out: ${error.message}`;
    session.context.report({ ...error.problem, kind: 'incomplete', message });
  }
}

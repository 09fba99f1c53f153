import type { SourceCache } from '../source/source-cache.ts';
import type { BuildContext } from './build-context.ts';
import { unlessLeftOut } from './left-out.ts';
import type { FolderAccess } from './load/kustomization-folder.ts';
import { BuildError } from './problem.ts';

/** What all parts of one root's build share. */
export interface BuildSession {
  readonly sources: SourceCache;
  readonly access: FolderAccess;
  readonly context: BuildContext;
  /** Which notes the built kustomization wants on its objects. Its bases have no say in it. */
  metadata: BuildMetadata;
  /** Whether a part was left out, so that what later steps miss may well be in it. */
  isIncomplete(): boolean;
  /** How many kustomizations were opened so far, for the limit on them. */
  kustomizations: number;
  /** Whether an `openapi:` field has been heeded already; kustomize heeds the first. */
  schemaIsSet: boolean;
  /** Whether an object of a kind that is not built in was met before; then the built-in schema counts beside a tree's own. */
  sawUnknownKind: boolean;
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

import { PrintError } from '../source/print/print-error.ts';
import type { Related } from '../source/related.ts';
import type { Span } from '../source/span.ts';
import type { Resource } from './resources/resource.ts';

/**
 * Why a tree could not be built, or only in part. `error`: kustomize fails here as well.
 * `incomplete`: this build leaves out something that kustomize would do (a remote base, a chart), and builds the rest.
 */
export interface BuildProblem {
  readonly kind: 'error' | 'incomplete';
  /** One sentence or two: what is wrong, and what to do about it. */
  readonly message: string;
  readonly at: Span;
  readonly related: readonly Related[];
  /** The only thing that can be meant. The build went on as if the file said so, and is complete. */
  readonly correction?: Correction;
  /** The absolute path of the file that does not exist, if that is all that is wrong. */
  readonly absent?: string;
  /** `settings` if the build lacks only a ConfigMap or a Secret; `nothing` if it is complete all the same. */
  readonly lacks?: 'settings' | 'nothing';
}

/** Whether the build is complete in spite of a problem. */
export function leavesComplete({ correction, lacks }: BuildProblem): boolean {
  return correction !== undefined || lacks === 'nothing';
}

/** Replaces one text with another in the scalar at the problem's location. */
export interface Correction {
  readonly from: string;
  readonly to: string;
}

/** Thrown inside a build where kustomize fails, and caught by `buildRoot`: it never reaches a caller. */
export class BuildError extends Error {
  readonly problem: BuildProblem;

  constructor(message: string, at: Span, related: readonly Related[] = [], more: Partial<BuildProblem> = {}) {
    super(message);
    this.name = 'BuildError';
    this.problem = { kind: 'error', message, at, related, ...more };
  }
}

/** For an object that is refused because it has no name. */
export class NamelessObject extends BuildError {
  readonly object: Resource;

  constructor(message: string, at: Span, object: Resource) {
    super(message, at);
    this.object = object;
  }
}

/**
 * Thrown where kustomize fails because of an absent part that nothing else depends on, such as the ConfigMap to merge
 * another one with. The rest is built anyway, so that it can be linted.
 */
export class AbsentPart extends BuildError {}

/** The same for a file that is absent, such as uncommitted secrets, or that kustomize may not read. */
export class AbsentFile extends AbsentPart {
  /** @param absent the absolute path of a file that does not exist */
  constructor(message: string, at: Span, absent?: string) {
    super(message, at, [], absent === undefined ? {} : { absent });
  }
}

/**
 * Runs a function that a PrintError may end, since kustomize prints or encodes a value there, and fails with it.
 * @param describe makes the message of the BuildError from that of the PrintError
 */
export function refusePrintErrors<T>(work: () => T, describe = (reason: string): string => reason): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PrintError)) throw error;
    throw new BuildError(describe(error.message), error.at);
  }
}

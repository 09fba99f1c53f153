import type { Related } from '../source/related.ts';
import type { Span } from '../source/span.ts';

/**
 * Why a tree could not be built, or could be built only in part. `error`: kustomize refuses here as well.
 * `incomplete`: kustomize would do something that this build leaves out (a remote base, a chart), the rest is built.
 */
export interface BuildProblem {
  readonly kind: 'error' | 'incomplete';
  /** One sentence or two: what is wrong, and what to do about it. */
  readonly message: string;
  readonly at: Span;
  readonly related: readonly Related[];
}

/** Thrown inside a build where kustomize refuses, and caught by `buildRoot`: it never reaches a caller. */
export class BuildError extends Error {
  readonly problem: BuildProblem;

  constructor(message: string, at: Span, related: readonly Related[] = []) {
    super(message);
    this.name = 'BuildError';
    this.problem = { kind: 'error', message, at, related };
  }
}

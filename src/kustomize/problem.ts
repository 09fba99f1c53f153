import type { Related } from '../source/related.ts';
import type { Span } from '../source/span.ts';
import type { Resource } from './resource.ts';

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
  /** What can only be meant. The build went on as if it stood there, and lacks nothing. */
  readonly correction?: Correction;
  /** What the build goes without: a ConfigMap or a Secret, and nothing else. */
  readonly lacks?: 'settings';
}

/** One text for another in the scalar that a problem is about. */
export interface Correction {
  readonly from: string;
  readonly to: string;
}

/** Thrown inside a build where kustomize refuses, and caught by `buildRoot`: it never reaches a caller. */
export class BuildError extends Error {
  readonly problem: BuildProblem;
  /** The object that was refused, where it is for want of a name. */
  readonly unnamed: Resource | undefined;

  constructor(message: string, at: Span, related: readonly Related[] = [], unnamed?: Resource) {
    super(message);
    this.name = 'BuildError';
    this.problem = { kind: 'error', message, at, related };
    this.unnamed = unnamed;
  }
}

/**
 * Thrown where kustomize refuses for want of a part that nothing else hangs on: a ConfigMap that is to be merged with one that is
 * not there. The rest is built all the same, for what can be said of it.
 */
export class AbsentPart extends BuildError {}

/** The same of a file that is not there, such as one with secrets that nobody commits, or that kustomize may not read. */
export class AbsentFile extends AbsentPart {}

import type { Span } from '../../source/span.ts';
import { BuildError } from '../problem.ts';
import type { BuildContext } from './build-context.ts';

/**
 * Thrown if a step needs something that kustomize would fetch, or run a program for. The build reports it and goes on
 * without that step.
 */
export class LeftOut extends BuildError {
  /**
   * @param what the part, as the subject of a sentence: `the repository …`
   * @param why the reason, and how to include the part
   */
  constructor(what: string, why: string, at: Span) {
    super(`${what} is left out, since ${why}; what it would add is not checked`, at, [], { kind: 'incomplete' });
  }
}

/** Runs a part of the build and returns its result; if it throws LeftOut, reports that and returns undefined. */
export function unlessLeftOut<T>(context: BuildContext, build: () => T): T | undefined {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof LeftOut)) throw error;
    context.report(error.problem);
    return undefined;
  }
}

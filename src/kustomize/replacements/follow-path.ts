import type { BuildError } from '../problem.ts';
import type { BuildContext } from '../session/build-context.ts';
import { splitFieldPath, withoutBrackets } from './field-path.ts';
import { BracketedIndex, PathProblem } from './lookup-field.ts';

/**
 * Follows a field path. A path with an index in brackets is reported, and followed without the brackets. Throws the
 * error that `fail` returns if the path cannot be followed.
 */
export function followPath<T>(
  path: string,
  follow: (steps: readonly string[]) => T,
  fail: (reason: string) => BuildError,
  context: BuildContext,
): T {
  try {
    return follow(splitFieldPath(path));
  } catch (error) {
    if (!(error instanceof PathProblem)) throw error;
    const failure = fail(error.message);
    const meant = withoutBrackets(path);
    if (!(error instanceof BracketedIndex) || meant === path) throw failure;
    context.report({ ...failure.problem, correction: { from: path, to: meant } });
    return followPath(meant, follow, fail, context);
  }
}

import type { Related } from './source/related.ts';
import type { Span } from './source/span.ts';

/** One problem with the arguments or settings. */
export interface UsageProblem {
  /** What is wrong and what to write instead. */
  readonly message: string;
  /** The location in the settings file, for a problem with it. */
  readonly at?: Span;
  readonly related?: readonly Related[];
}

/** Thrown for wrong arguments or settings, before anything is linted. The command exits 2. */
export class UsageError extends Error {
  readonly problems: readonly UsageProblem[];

  /** @param given the problems, or the message of a single one without a location */
  constructor(given: readonly UsageProblem[] | string) {
    const problems = typeof given === 'string' ? [{ message: given }] : given;
    super(problems.map(({ message }) => message).join('\n'));
    this.name = 'UsageError';
    this.problems = problems;
  }
}

import type { Related } from '../source/related.ts';
import type { Span } from '../source/span.ts';

/** One thing that is wrong with how migrate-lint was called or set up. */
export interface UsageProblem {
  /** What is wrong and what would be right. */
  readonly message: string;
  /** The place in the settings file, where it is one of that. */
  readonly at?: Span;
  readonly related?: readonly Related[];
}

/** Thrown for wrong arguments and settings, before anything is linted. The command exits 2. */
export class UsageError extends Error {
  readonly problems: readonly UsageProblem[];

  /** @param told the problems, or the message of the only one, which has no place */
  constructor(told: readonly UsageProblem[] | string) {
    const problems = typeof told === 'string' ? [{ message: told }] : told;
    super(problems.map(({ message }) => message).join('\n'));
    this.name = 'UsageError';
    this.problems = problems;
  }
}

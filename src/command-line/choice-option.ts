import { InvalidArgumentError, Option } from 'commander';
import { didYouMean } from '../text/did-you-mean.ts';

/** An option that takes one of several words, which the help and shell completion list. */
export class ChoiceOption extends Option {
  readonly allowed: readonly string[];

  constructor(flags: string, description: string, allowed: readonly string[]) {
    super(flags, `${description}: ${allowed.join(', ')}`);
    this.allowed = allowed;
    this.argParser((value) => checkChoice(value, allowed));
  }
}

/** Returns a valid value. Throws commander's error for an invalid one, with a suggestion. */
export function checkChoice(value: string, allowed: readonly string[]): string {
  if (allowed.includes(value)) return value;
  throw new InvalidArgumentError(didYouMean(value, allowed).trim() || `Choose one of ${allowed.join(', ')}.`);
}

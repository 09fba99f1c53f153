import { InvalidArgumentError, Option } from 'commander';
import { didYouMean } from '../config/did-you-mean.ts';

/** An option whose value is one of some words, which the help and the completion of the shells tell. */
export class ChoiceOption extends Option {
  readonly allowed: readonly string[];

  constructor(flags: string, description: string, allowed: readonly string[]) {
    super(flags, `${description}: ${allowed.join(', ')}`);
    this.allowed = allowed;
    this.argParser((value) => checkChoice(value, allowed));
  }
}

/** Gives the value back. Throws commander's error for a wrong one, with the nearest that is right. */
export function checkChoice(value: string, allowed: readonly string[]): string {
  if (allowed.includes(value)) return value;
  throw new InvalidArgumentError(didYouMean(value, allowed).trim() || `Choose one of ${allowed.join(', ')}.`);
}

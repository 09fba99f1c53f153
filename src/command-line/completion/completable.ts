import type { Command, Option } from 'commander';
import { ChoiceOption } from '../choice-option.ts';
import { isPath, placeholderOf } from '../enter-paths.ts';

/** A command, as needed for shell completion. */
export interface Completable {
  /** Empty for the program itself. */
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletableOption[];
  /** The possible values of its arguments. */
  readonly takes: Values;
}

export interface CompletableOption {
  /** With both dashes. */
  readonly flag: string;
  readonly description: string;
  /** Undefined for an option without a value. */
  readonly value: Values | undefined;
  /** Whether the value is optional; then it can only follow an equals sign. */
  readonly isValueOptional: boolean;
}

/** Possible values: one of several words, a file or folder, or anything (`none`). */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' | 'none' };

/**
 * Describes the program and its commands from their commander definitions, so that completion always agrees with them.
 * @param known the possible words for placeholders (`<rule>`) whose values commander does not know
 */
export function describeCommands(program: Command, known: Readonly<Record<string, readonly string[]>>): Completable[] {
  return [program, ...program.commands].map((command) => ({
    name: command === program ? '' : command.name(),
    description: command.description(),
    options: [...command.options, ...helpOf(command)].flatMap((option) => describeOption(option, known)),
    takes: describeValue(command.registeredArguments[0]?.name(), known),
  }));
}

/** The help option of a command, which is not among its `options`. */
function helpOf(command: Command): Option[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter((option) => !command.options.includes(option));
}

function describeOption(option: Option, known: Readonly<Record<string, readonly string[]>>): CompletableOption[] {
  if (option.long === undefined || option.long === null || option.hidden) return [];
  const placeholder = placeholderOf(option);
  const words = option instanceof ChoiceOption ? option.allowed : undefined;
  const value = placeholder === undefined ? undefined : words ? asWords(words) : describeValue(placeholder, known);
  return [{ flag: option.long, description: option.description, value, isValueOptional: option.optional }];
}

function describeValue(placeholder: string | undefined, known: Readonly<Record<string, readonly string[]>>): Values {
  const words = placeholder === undefined ? undefined : known[placeholder];
  if (words !== undefined) return asWords(words);
  return { kind: placeholder !== undefined && isPath(placeholder) ? 'files' : 'none' };
}

function asWords(words: readonly string[]): Values {
  return { kind: 'words', words };
}

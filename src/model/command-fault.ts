import { baseName } from './base-name.ts';
import { shells } from './command-line.ts';
import { isUnknownText } from './container-text.ts';
import { isSymbolic } from './symbolic.ts';
import type { Present } from './view.ts';
import { isPresent } from './view.ts';
import type { Container } from './workload.ts';

/** Why what a container is given as its command does not run what it says. */
export interface CommandFault {
  /** `text`: no list; `one word`: program and arguments in one item; `lost words`: behind the script of `sh -c`. */
  readonly kind: 'text' | 'one word' | 'lost words';
  readonly field: Present<string>;
}

/** Judges the form of a command. A list is run as it stands: no shell splits its words, and `sh -c` takes one for its script. */
export function findCommandFault({ command, args, commandText }: Container): CommandFault | undefined {
  if (isPresent(commandText)) return { kind: 'text', field: commandText };
  const [program] = command;
  if (program === undefined || isSymbolic(program.value) || isUnknownText(program.value)) return undefined;
  if (/\S\s+\S/.test(program.value)) return { kind: 'one word', field: program };
  const [flag, script, ...lost] = [...command, ...args].slice(1);
  const isScript =
    shells.has(baseName(program.value)) && flag?.value === '-c' && /^[\w./-]+$/.test(script?.value ?? '');
  return isScript && script !== undefined && lost.length > 0 ? { kind: 'lost words', field: script } : undefined;
}

import { argvOf } from '../../objects/argv.ts';
import { isSymbolic } from '../../objects/symbolic.ts';
import { isPresent, type Present, withText } from '../../objects/view.ts';
import type { Container } from '../../objects/workload.ts';
import { shells } from '../../shell/shells.ts';
import { baseName } from '../../text/base-name.ts';
import { isUnknownText } from '../environment/container-text.ts';
import { containerInvocations, findMigrationCommand, type MigrationCommand } from '../migrations/migration-command.ts';
import { matchCommand } from '../tools/command-pattern.ts';
import { migrationTools } from '../tools/migration-tools.ts';

/** Why the command of a container does not run what it says. */
export interface CommandFault {
  /**
   * `text`: not a list. `one word`: program and arguments in one item. `lost words`: words after the one-word script of
   * `sh -c`. `unread words`: words after a script that does not use them. `variable`: `$NAME` where no shell expands it.
   * `operator` and `glob`: `&&` and the like, and `*` for files, where no shell reads them.
   */
  readonly kind: 'text' | 'one word' | 'lost words' | 'unread words' | 'variable' | 'operator' | 'glob';
  /** The text, the word, the script, the first unused word, the variable, the operator, or the word with a `*`. */
  readonly field: Present<string>;
  /** All variables of the word, of which `field` is the first. */
  readonly variables?: readonly Present<string>[];
  /** Whether the migration does not run because of it. */
  readonly isMigration: boolean;
  /** The migration that unread words were meant to run. */
  readonly meant?: MigrationCommand;
}

/**
 * Checks the form of a command. A list runs as it is: no shell splits its words, and `sh -c` takes one word as its
 * script.
 */
export function findCommandFault(container: Container): CommandFault | undefined {
  const { command, args, commandText } = container;
  if (isPresent(commandText)) return { kind: 'text', field: commandText, isMigration: true };
  const variables = findUnexpanded(container);
  const [variable] = variables;
  if (variable) return { kind: 'variable', field: variable, variables, isMigration: true };
  const [program] = command;
  if (program === undefined || isSymbolic(program.value) || isUnknownText(program.value)) return undefined;
  if (/\S\s+\S/.test(program.value)) return { kind: 'one word', field: program, isMigration: true };
  if (!shells.has(baseName(program.value))) return findUnread(program, [...command.slice(1), ...args]);
  const [flag, script, ...words] = argvOf(container).slice(1);
  if (script === undefined || !/^-[a-z]*c$/.test(flag?.value ?? '')) return undefined;
  if (words.length > 0 && /^[\w./-]+$/.test(script.value))
    return { kind: 'lost words', field: script, isMigration: true };
  if (readsWords(script.value)) return undefined;
  const unread = words.filter((word, index) => index > 0 || !isShellName(word.value));
  const [first] = unread;
  const wanted = unread.flatMap((word) => word.value.split(/\s+/).map((each) => withText(word, each)));
  const meant =
    findMigrationCommand(container) === undefined
      ? findMigrationCommand({ ...container, command: wanted, args: [] })
      : undefined;
  return first && { kind: 'unread words', field: first, isMigration: meant !== undefined, ...(meant && { meant }) };
}

/** What only a shell understands, given to another program. That program may start a shell, such as `env` or `timeout`. */
function findUnread(program: Present<string>, words: readonly Present<string>[]): CommandFault | undefined {
  if (words.some(({ value }) => shells.has(baseName(value)))) return undefined;
  const operator = words.find(({ value }) => operators.has(value));
  if (operator) return { kind: 'operator', field: operator, isMigration: false };
  const glob = fileTools.has(baseName(program.value))
    ? words.find(({ value }) => /\*/.test(value) && !isSymbolic(value))
    : undefined;
  return glob && { kind: 'glob', field: glob, isMigration: true };
}

/** Words that mean something to a shell, and nothing to a program. */
const operators: ReadonlySet<string> = new Set(['&&', '||', '|', '>', '>>', '2>&1']);

/** Programs that take the names of files, and do not expand `*` themselves. */
const fileTools: ReadonlySet<string> = new Set(['cat', 'chmod', 'chown', 'cp', 'ls', 'mv', 'rm']);

/**
 * The variables of the container, `$NAME` or `${NAME}`, in the first word that goes to a migration tool without a shell.
 * Kubernetes expands only `$(NAME)`.
 */
function findUnexpanded(container: Container): Present<string>[] {
  const isOwn = (name: string): boolean =>
    container.envFrom.length > 0 || container.env.some((entry) => entry.name === name);
  for (const { words, fields = [] } of containerInvocations(container)) {
    if (!migrationTools.some((tool) => matchCommand(words.join(' '), tool))) continue;
    for (const field of fields.filter(({ value }) => !/\s/.test(value))) {
      const variables = [...field.value.matchAll(shellVariable)].filter(([, braced, bare]) =>
        isOwn(braced ?? bare ?? ''),
      );
      if (variables.length > 0) return variables.map(([text]) => withText(field, text));
    }
  }
  return [];
}

const shellVariable = /(?<!\$)\$(?:\{([A-Z_][A-Z0-9_]*)\}|([A-Z_][A-Z0-9_]*))/g;

/** Whether a script uses its arguments (`$0`, `$1`, `$@`) or loops over them; one that is a variable may do anything. */
function readsWords(script: string): boolean {
  return /\$\{?[#!]?[@*#\d]|\b(?:shift|getopts)\b|\bfor\s+\w+\s*(?:;|\n|\bdo\b)|^\s*\$\S*\s*$/.test(script);
}

/** Whether a word may be `$0`, the name of the shell in its messages. */
function isShellName(word: string): boolean {
  return /^[\w./-]*$/.test(word);
}

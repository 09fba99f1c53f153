import { posix } from 'node:path';
import type { Command } from 'commander';
import { didYouMean } from '../config/did-you-mean.ts';
import { UsageError } from '../config/usage-error.ts';
import type { Terminal } from './terminal.ts';

const nameThePaths = 'To lint, name the paths alone: migrate-lint k8s.';

/** What other linters have as commands, and what to write here. */
const commandsElsewhere: ReadonlyMap<string, string> = new Map([
  ['lint', nameThePaths],
  ['check', nameThePaths],
  ['run', nameThePaths],
  ['fix', 'To mend what can be mended, write migrate-lint k8s --fix.'],
  ['help', 'Write migrate-lint --help.'],
  ['version', 'Write migrate-lint --version.'],
]);

/**
 * Throws a UsageError where the first path is a command with a slip in it, or one that other programs have: it would be
 * called a file that is not there. A file or folder of that name, and one with a similar name, comes first.
 */
export function refuseMistakenCommand([first = '.']: readonly string[], program: Command, terminal: Terminal): void {
  if (!/^[a-z]+$/.test(first)) return;
  const { directory, fileSystem } = terminal;
  if (fileSystem.stat(posix.resolve(directory, first)) !== undefined) return;
  if (didYouMean(first, fileSystem.listDirectory(directory)) !== '') return;
  const elsewhere = commandsElsewhere.get(first);
  const commands = program.commands.map((command) => command.name());
  const advice = elsewhere === undefined ? didYouMean(first, commands) : ` ${elsewhere}`;
  if (advice === '') return;
  throw new UsageError(`There is no command, file or folder ${first}.${advice}`);
}

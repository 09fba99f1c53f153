import { posix } from 'node:path';
import type { Command } from 'commander';
import { didYouMean } from '../text/did-you-mean.ts';
import { UsageError } from '../usage-error.ts';
import { type FixChoice, fixChoices } from './flags.ts';
import type { Terminal } from './terminal.ts';

const nameThePaths = 'To lint, pass only the paths: migrate-lint k8s.';

/** Commands that other linters have, and what to run here instead. */
const commandsElsewhere: ReadonlyMap<string, string> = new Map([
  ['lint', nameThePaths],
  ['check', nameThePaths],
  ['run', nameThePaths],
  ['fix', 'To apply fixes, run migrate-lint k8s --fix.'],
  ['help', 'Run migrate-lint --help.'],
  ['version', 'Run migrate-lint --version.'],
]);

/**
 * Throws a UsageError if the first path looks like a misspelt command, or like a command of other linters; otherwise it
 * would be reported as a missing file. A file or folder with that name, or a similar one, takes precedence.
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

/** Throws a UsageError for `--fix all`, which is `--fix` and a path. A file or folder with that name takes precedence. */
export function refuseDetachedFix(
  paths: readonly string[],
  { fix }: { readonly fix?: FixChoice | true },
  { directory, fileSystem }: Terminal,
): void {
  if (fix === undefined) return;
  const choice = fixChoices.find((each) => paths.includes(each));
  if (choice === undefined || fileSystem.stat(posix.resolve(directory, choice)) !== undefined) return;
  throw new UsageError(`There is no file or folder ${choice}. To choose the fixes, write --fix=${choice}.`);
}

import { CommanderError } from 'commander';
import { UsageError } from '../config/usage-error.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';
import { writeCrashes, writeProblems } from './write-problems.ts';

/** Runs the command line and gives the exit code; see the help for what each means. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(withFixChoice(args), { from: 'user' });
    return exitCode;
  } catch (error) {
    // commander has written its message already; asking for help or the version ends the same way, with a 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) await writeProblems(error.problems, terminal, undefined);
    else writeCrashes([{ doing: 'while running', error }], terminal);
    return 2;
  }
}

/** commander would take the path in `--fix k8s` for the choice: where nothing is joined to the option, it is `safe`. */
function withFixChoice(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.map((arg, index) => (arg === '--fix' && (end < 0 || index < end) ? '--fix=safe' : arg));
}

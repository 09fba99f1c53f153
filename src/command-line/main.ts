import { CommanderError } from 'commander';
import { UsageError } from '../usage-error.ts';
import { writeCrashes, writeProblems } from './output/write-problems.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/** Runs the command line and returns the exit code; the help lists them. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(withFixChoice(args), { from: 'user' });
    return exitCode;
  } catch (error) {
    // commander has already written its message. `--help` and `--version` end here, too, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) await writeProblems(error.problems, terminal, undefined);
    else writeCrashes([{ doing: 'while running', error }], terminal);
    return 2;
  }
}

/** Turns a bare `--fix` into `--fix=safe`; commander would take the path in `--fix k8s` for the choice. */
function withFixChoice(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.map((arg, index) => (arg === '--fix' && (end < 0 || index < end) ? '--fix=safe' : arg));
}

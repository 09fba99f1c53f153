import { UsageError } from '../config/usage-error.ts';
import type { Terminal } from './terminal.ts';

/**
 * Writes a file that the user asked for. Throws a UsageError where that cannot be done.
 * @param what the file as the message calls it: `The report`
 */
export function writeOutput(what: string, path: string, text: string, { writeFile }: Terminal): void {
  try {
    writeFile(path, text);
  } catch (error) {
    throw new UsageError(`${what} cannot be written: ${reasonOf(error)}.`);
  }
}

/** Why a file could not be written, in a clause without a full stop. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

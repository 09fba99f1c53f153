import { posix } from 'node:path';
import { UsageError } from '../../usage-error.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Writes a file that the user asked for, and creates missing folders. Throws a UsageError if that fails.
 * @param what how the message refers to the file: `The report`
 */
export function writeOutput(what: string, path: string, text: string, { makeFolder, writeFile }: Terminal): void {
  try {
    makeFolder(posix.dirname(path));
    writeFile(path, text);
  } catch (error) {
    throw new UsageError(`${what} cannot be written: ${reasonOf(error)}.`);
  }
}

/** The reason for a failed write, as a clause without a full stop. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

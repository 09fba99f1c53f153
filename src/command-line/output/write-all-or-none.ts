import { posix } from 'node:path';
import { UsageError } from '../../usage-error.ts';
import type { Terminal } from '../terminal.ts';
import { reasonOf } from './write-output.ts';

/**
 * Writes files by absolute path, and creates missing folders. If one cannot be written, those before it are restored, and a
 * UsageError gives the reason.
 */
export function writeAllOrNone(files: ReadonlyMap<string, string>, terminal: Terminal): void {
  const { fileSystem, writeFile, makeFolder, remove } = terminal;
  const undo: (() => void)[] = [];
  for (const [path, text] of files) {
    try {
      const before = fileSystem.stat(path) === undefined ? undefined : fileSystem.readFile(path);
      const madeFolder = makeFolder(posix.dirname(path));
      if (madeFolder !== undefined) undo.push(() => remove(madeFolder));
      undo.push(() => (before === undefined ? remove(path) : writeFile(path, before)));
      writeFile(path, text);
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw new UsageError(`Nothing was written: ${reasonOf(error)}.`);
    }
  }
}

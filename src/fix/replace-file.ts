import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The system calls that write a file, so that tests can make them fail. */
export interface FileWriter {
  write(descriptor: number, bytes: Uint8Array, from: number): number;
  flush(descriptor: number): void;
  rename(from: string, to: string): void;
}

const nodeWriter: FileWriter = {
  write: (descriptor, bytes, from) => writeSync(descriptor, bytes, from),
  flush: fsyncSync,
  rename: renameSync,
};

/**
 * Replaces the content of a file atomically: even after a full disk or a power cut, the path has either the old file or the
 * new one. The new content is written to a file next to the old one, flushed and then renamed. The mode is kept, and the
 * owner if that is allowed. Throws if this fails, or if the file has changed since it was read.
 * @param path the real path; a link would be replaced by a file
 * @param before the content when the file was read; undefined for a new file
 */
export function replaceFile(
  path: string,
  content: Uint8Array,
  before: Uint8Array | undefined,
  writer: FileWriter = nodeWriter,
): void {
  const old = statSync(path, { throwIfNoEntry: false });
  if (before === undefined ? old !== undefined : !Buffer.from(before).equals(readFileSync(path))) {
    throw new Error('the file has changed in the meantime');
  }
  if (old) accessSync(path, constants.W_OK);
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  const descriptor = openSync(temporary, 'wx', old ? 0o600 : 0o666);
  try {
    try {
      for (let written = 0; written < content.length; ) written += writer.write(descriptor, content, written);
      if (old) keepOwner(descriptor, old);
      writer.flush(descriptor);
    } finally {
      closeSync(descriptor);
    }
    writer.rename(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  flushFolder(dirname(path), writer);
}

function keepOwner(descriptor: number, { mode, uid, gid }: Stats): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // Only the superuser may change the owner of a file.
  }
  fchmodSync(descriptor, mode & 0o7777);
}

/** Flushes a folder, so that a rename in it is on disk. */
function flushFolder(folder: string, writer: FileWriter): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      writer.flush(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Not every system can open folders. The file itself is complete in any case.
  }
}

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

/** The calls that write a file, so that a test can let one fail. */
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
 * Puts new content in the place of a file: whatever happens meanwhile, be it a full disk or a power cut, at the path there is
 * the old file or the new one and never a part. The new one is written beside the old, brought to the disk and then
 * renamed; mode and, where that is allowed, owner stay. Throws where it cannot be done, or where the file is not what it was.
 * @param path the real path: a link would be replaced by a file
 * @param before what the file held when it was read; undefined for one that is new
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
    // Only a superuser may give a file to somebody else.
  }
  fchmodSync(descriptor, mode & 0o7777);
}

/** The new name is on the disk once the folder is. */
function flushFolder(folder: string, writer: FileWriter): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      writer.flush(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Not every system opens folders; the file itself is whole in any case.
  }
}

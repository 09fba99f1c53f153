import { fstatSync, mkdirSync, readFileSync, rmSync, statSync, watch, writeFileSync, writeSync } from 'node:fs';
import { main } from './command-line/main.ts';
import { platformTerminal } from './command-line/platform-terminal.ts';
import type { Stream, Terminal } from './command-line/terminal.ts';
import { replaceFile } from './fix/replace-file.ts';
import { nativeFileSystem } from './source/files/file-system.ts';
import { platformPaths } from './source/files/platform-paths.ts';

/** Runs the command with the arguments of the process, and sets its exit code. */
export async function runCommand(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), platformTerminal(openTerminal(), platformPaths));
}

/** The process as the command's terminal, with the platform's own paths. */
function openTerminal(): Omit<Terminal, 'enter' | 'leave'> {
  return {
    out: openStream(1),
    err: openStream(2),
    env: process.env,
    directory: process.cwd(),
    fileSystem: nativeFileSystem,
    replaceFile,
    readStdin: () => readFileSync(0),
    writeFile: (path, content) => writeFileSync(path, content),
    makeFolder: (path) => mkdirSync(path, { recursive: true }),
    remove: (path) => rmSync(path, { recursive: true, force: true }),
    watchFolder,
    openStreams: () => ({ input: process.stdin, output: process.stdout }),
    untilInterrupted: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve());
      }),
  };
}

/** Watches a folder. If the folder is removed, the watcher of its parent reports that. */
function watchFolder(path: string, onChange: (name: string) => void): () => void {
  const watcher = watch(path, (_, name) => onChange(name ?? ''));
  watcher.on('error', () => watcher.close());
  return () => watcher.close();
}

/** Writes synchronously and without Node's streams, which are slow to load, except to get the width of a terminal. */
function openStream(descriptor: 1 | 2): Stream {
  const stream = isDevice(descriptor) ? (descriptor === 1 ? process.stdout : process.stderr) : undefined;
  return {
    isTerminal: stream?.isTTY ?? false,
    columns: stream?.isTTY ? stream.columns : undefined,
    write: (text) => writeAll(descriptor, Buffer.from(text)),
  };
}

/** Whether a descriptor is a device such as a terminal, but not /dev/null. It may be closed: `migrate-lint >&-`. */
function isDevice(descriptor: number): boolean {
  try {
    const device = fstatSync(descriptor);
    return device.isCharacterDevice() && device.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
  } catch {
    return false;
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // The reader has gone (`migrate-lint | head`), or the descriptor is closed.
      if (code === 'EPIPE' || code === 'EBADF') process.exit();
      // EAGAIN: the pipe is full for the moment.
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

import { fstatSync, mkdirSync, readFileSync, rmSync, statSync, watch, writeFileSync, writeSync } from 'node:fs';
import { main } from './command-line/main.ts';
import { platformTerminal } from './command-line/platform-terminal.ts';
import type { Stream, Terminal } from './command-line/terminal.ts';
import { replaceFile } from './fix/replace-file.ts';
import { nativeFileSystem } from './source/file-system.ts';
import { platformPaths } from './source/platform-paths.ts';

const native: Omit<Terminal, 'enter' | 'leave'> = {
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
  untilInterrupted: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve());
    }),
};

/** A folder that goes while it is watched tells so in the one above it. */
function watchFolder(path: string, onChange: (name: string) => void): () => void {
  const watcher = watch(path, (_, name) => onChange(name ?? ''));
  watcher.on('error', () => watcher.close());
  return () => watcher.close();
}

/** Writes at once and without Node's streams, which take a while to load; only a terminal is asked how wide it is. */
function openStream(descriptor: 1 | 2): Stream {
  const stream = isDevice(descriptor) ? (descriptor === 1 ? process.stdout : process.stderr) : undefined;
  return {
    isTerminal: stream?.isTTY ?? false,
    columns: stream?.isTTY ? stream.columns : undefined,
    write: (text) => writeAll(descriptor, Buffer.from(text)),
  };
}

/** Files and pipes are none, and nobody looks at /dev/null. The descriptor may be closed: `migrate-lint >&-`. */
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
      // Whoever reads has seen enough (`migrate-lint | head`), or nobody wants to.
      if (code === 'EPIPE' || code === 'EBADF') process.exit();
      // The pipe is full for the moment.
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

main(process.argv.slice(2), platformTerminal(native, platformPaths)).then((exitCode) => {
  process.exitCode = exitCode;
});

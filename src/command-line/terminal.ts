import type { Readable, Writable } from 'node:stream';
import type { FileSystem } from '../source/files/file-system.ts';
import type { WatchFolder } from '../watch/watched-folders.ts';

/** The process as commands may use it. Paths have the form of `platform-paths.ts`. */
export interface Terminal {
  readonly out: Stream;
  readonly err: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the working directory. */
  readonly directory: string;
  /** Converts a path or glob as typed by the user to an internal one. */
  enter(path: string): string;
  /** Converts an internal path to one of the platform. */
  leave(path: string): string;
  readonly fileSystem: FileSystem;
  /** Reads all of standard input. */
  readStdin(): Uint8Array;
  /** Replaces a file atomically; see replaceFile in src/fix. */
  replaceFile(path: string, content: Uint8Array, before: Uint8Array | undefined): void;
  /** Writes a file. Throws if that fails. */
  writeFile(path: string, content: string | Uint8Array): void;
  /** Creates a folder and those above it. Returns the first that was missing, or undefined. Throws if that fails. */
  makeFolder(path: string): string | undefined;
  /** Removes a file or a folder with its contents, if it exists. */
  remove(path: string): void;
  readonly watchFolder: WatchFolder;
  /** Standard input and output as streams, which Node is slow to load. */
  openStreams(): { readonly input: Readable; readonly output: Writable };
  /** Resolves on Ctrl-C, or another signal to terminate. */
  untilInterrupted(): Promise<void>;
}

export interface Stream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** The width of a terminal in cells; undefined for files and pipes. */
  readonly columns: number | undefined;
}

/**
 * Whether to write in colour: decided by the flag, else by FORCE_COLOR and NO_COLOR (the former wins, as in Node itself), else
 * by whether the stream is a terminal.
 */
export function wantsColour(stream: Stream, env: Terminal['env'], flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (env['NO_COLOR']) return false;
  return stream.isTerminal && env['TERM'] !== 'dumb';
}

/** The maximal width of a source line in a report: the terminal's width without the gutter, or that of a page. */
export function lineWidth({ columns }: Stream): number {
  return Math.max(40, (columns ?? 120) - 8);
}

import type { FileSystem } from '../source/file-system.ts';

/** What the commands may use of the process they run in. Its paths are those of `platform-paths.ts`. */
export interface Terminal {
  readonly out: Stream;
  readonly err: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the working directory. */
  readonly directory: string;
  /** Turns a path or glob as somebody has typed it into one of ours. */
  enter(path: string): string;
  /** Turns one of ours into one of the platform. */
  leave(path: string): string;
  readonly fileSystem: FileSystem;
  /** All of standard input. */
  readStdin(): Uint8Array;
  /** Puts new content in the place of a file, all of it or none; see replaceFile of src/fix. */
  replaceFile(path: string, content: Uint8Array, before: Uint8Array | undefined): void;
  /** Writes a file. Throws where that cannot be done. */
  writeFile(path: string, content: string | Uint8Array): void;
  /** Makes a folder with those above it. Gives the first that was missing, or undefined. Throws where that cannot be done. */
  makeFolder(path: string): string | undefined;
  /** Removes a file, or a folder with all that is in it, where there is one. */
  remove(path: string): void;
  /** Tells the names of files that come, go or change in a folder, until the function that it gives is called. */
  watchFolder(path: string, onChange: (name: string) => void): () => void;
  /** Waits for Ctrl-C, or for another's wish that the process end. */
  untilInterrupted(): Promise<void>;
}

export interface Stream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** How wide a terminal is, in cells; undefined for files and pipes. */
  readonly columns: number | undefined;
}

/**
 * Whether to write in colour: as the flag says, else as FORCE_COLOR and NO_COLOR say (the first wins, as in Node itself),
 * else where a person looks at it.
 */
export function wantsColour(stream: Stream, env: Terminal['env'], flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (env['NO_COLOR']) return false;
  return stream.isTerminal && env['TERM'] !== 'dumb';
}

/** How wide a source line in a frame may be: the terminal's width without the gutter, or a page's. */
export function lineWidth({ columns }: Stream): number {
  return Math.max(40, (columns ?? 120) - 8);
}

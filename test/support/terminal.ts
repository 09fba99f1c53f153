import type { Terminal } from '../../src/command-line/terminal.ts';
import { memoryFileSystem } from './memory-file-system.ts';

/** A terminal that still takes and gives the platform's own form of paths. */
export type NativeTerminal = Omit<Terminal, 'enter' | 'leave'>;

/** The output of a command so far. */
export interface Output {
  out: string;
  err: string;
}

/**
 * A terminal that records its output. By default there are no files and variables, standard input is empty, and writing files
 * and watching folders fails; `parts` overrides this.
 */
export function recordingTerminal(parts: Partial<NativeTerminal>): { terminal: NativeTerminal; output: Output } {
  const output: Output = { out: '', err: '' };
  const stream = (name: keyof Output) => ({
    isTerminal: false,
    columns: undefined,
    write(text: string) {
      output[name] += text;
    },
  });
  const refuse = () => {
    throw new Error('this terminal has no disk');
  };
  const terminal: NativeTerminal = {
    out: stream('out'),
    err: stream('err'),
    env: {},
    directory: '/w',
    fileSystem: memoryFileSystem({}),
    readStdin: () => new Uint8Array(),
    replaceFile: refuse,
    writeFile: refuse,
    makeFolder: refuse,
    remove: refuse,
    watchFolder: refuse,
    openStreams: refuse,
    untilInterrupted: () => Promise.resolve(),
    ...parts,
  };
  return { terminal, output };
}

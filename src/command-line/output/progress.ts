import { displayPath } from '../../report/display-path.ts';
import { escapeText } from '../../report/escape-text.ts';
import { now } from '../../source/clock.ts';
import type { Terminal } from '../terminal.ts';

/** A line on a terminal that shows the progress of a long run, and disappears at its end. */
export interface Progress {
  /** Takes the arguments of the linter's `onProgress`. */
  update(done: number, all: number, path: string): void;
  erase(): void;
}

/** The shortest run with a progress line, and the shortest time between updates; in milliseconds. */
const silence = 1000;
const interval = 100;

/** Shows progress if standard error is a terminal. `clock` returns milliseconds. */
export function showProgress(
  { err, env, directory }: Pick<Terminal, 'err' | 'env' | 'directory'>,
  quiet: boolean | undefined,
  clock: () => number = now,
): Progress {
  if (!err.isTerminal || quiet || env['TERM'] === 'dumb') return { update() {}, erase() {} };
  const started = clock();
  let written: number | undefined;
  return {
    update(done, all, path) {
      const time = clock();
      if (time - started < silence || time - (written ?? 0) < interval) return;
      written = time;
      err.write(`\r\u001b[K${describe(done, all, displayPath(path, directory), (err.columns ?? 80) - 1)}`);
    },
    erase() {
      if (written !== undefined) err.write('\r\u001b[K');
      written = undefined;
    },
  };
}

/** The counts, and as much of the end of the path as fits. */
function describe(done: number, all: number, path: string, width: number): string {
  const counts = `Built ${done} of ${all} roots`;
  const name = escapeText(path);
  const room = width - counts.length - 2;
  if (room < 8) return counts.slice(0, Math.max(0, width));
  return `${counts}: ${name.length <= room ? name : `...${name.slice(name.length - room + 3)}`}`;
}

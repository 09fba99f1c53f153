import { displayPath } from '../report/display-path.ts';
import { escapeText } from '../report/escape-text.ts';
import { now } from '../source/clock.ts';
import type { Terminal } from './terminal.ts';

/** A line on a terminal that tells how far a long run is, and is gone at its end. */
export interface Progress {
  /** Takes what `onProgress` of the linter tells. */
  tell(done: number, all: number, path: string): void;
  erase(): void;
}

/** Runs that take less are not worth a line, and nobody reads faster than it changes; in milliseconds. */
const silence = 1000;
const interval = 100;

/** Shows progress where a person looks at standard error. `clock` gives milliseconds. */
export function showProgress(
  { err, env, directory }: Pick<Terminal, 'err' | 'env' | 'directory'>,
  quiet: boolean | undefined,
  clock: () => number = now,
): Progress {
  if (!err.isTerminal || quiet || env['TERM'] === 'dumb') return { tell() {}, erase() {} };
  const started = clock();
  let written: number | undefined;
  return {
    tell(done, all, path) {
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

/** The counts always; of the path as much as fits, from its end. */
function describe(done: number, all: number, path: string, width: number): string {
  const counts = `Built ${done} of ${all} roots`;
  const name = escapeText(path);
  const room = width - counts.length - 2;
  if (room < 8) return counts.slice(0, Math.max(0, width));
  return `${counts}: ${name.length <= room ? name : `...${name.slice(name.length - room + 3)}`}`;
}

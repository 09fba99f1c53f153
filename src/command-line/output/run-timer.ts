import type { LintResult } from '../../lint/lint-result.ts';
import { countOf } from '../../report/count.ts';
import { now } from '../../source/clock.ts';
import type { FileSystem } from '../../source/files/file-system.ts';
import { type StopWatch, startStopWatch, type Timing } from '../../timing.ts';
import type { Terminal } from '../terminal.ts';

/** How many rules are listed, slowest first. */
const listedRules = 5;

/** Measures one run. */
export interface RunTimer {
  readonly timing: Timing;
  /** The given file system, which counts what is read. */
  readonly fileSystem: FileSystem;
  /** Writes to standard error where the time went. */
  report(result: LintResult): void;
}

interface ReadCount {
  files: number;
  bytes: number;
}

/**
 * Starts measuring.
 * @param from whether the time before, such as for loading the program, is included
 */
export function startTimer({ fileSystem, err }: Terminal, from: 'start of the process' | 'now'): RunTimer {
  const begin = now();
  const timing = startStopWatch(now);
  const read: ReadCount = { files: 0, bytes: 0 };
  return {
    timing,
    fileSystem: countReads(fileSystem, read),
    report(result) {
      const start = from === 'now' ? 0 : begin;
      const total = now() - (from === 'now' ? begin : 0);
      err.write(writeTable(describeParts(timing, result, read, start, total)));
    },
  };
}

function countReads(fileSystem: FileSystem, count: ReadCount): FileSystem {
  return {
    ...fileSystem,
    readFile(path) {
      const bytes = fileSystem.readFile(path);
      count.files++;
      count.bytes += bytes.length;
      return bytes;
    },
  };
}

type Row = readonly [part: string, milliseconds: number, what?: string];

function describeParts(
  { parts }: StopWatch,
  { roots, findings }: LintResult,
  read: ReadCount,
  start: number,
  total: number,
): Row[] {
  const time = (part: string) => parts.get(part) ?? 0;
  const objects = roots.reduce((sum, root) => sum + root.objects, 0);
  const releases = roots.reduce((sum, root) => sum + root.releases, 0);
  const rules = [...parts].filter(([part]) => part.startsWith('rules/')).sort(([, a], [, b]) => b - a);
  const slowest = rules.slice(0, listedRules);
  const measured = ['discover', 'build', 'model', 'rules', 'report'].reduce((sum, part) => sum + time(part), start);
  return [
    ...(start > 0 ? [['start', start] as const] : []),
    ['discover', time('discover'), countOf(roots.length, 'root')],
    ['build', time('build'), `${countOf(objects, 'object')} from ${describeRead(read)}`],
    ['model', time('model'), countOf(releases, 'release')],
    ['rules', time('rules'), countOf(rules.length, 'rule')],
    ...slowest.map(([part, milliseconds]): Row => [`  ${part.slice('rules/'.length)}`, milliseconds]),
    ['report', time('report'), countOf(findings.length, 'finding')],
    ['other', Math.max(0, total - measured)],
    ['total', total],
  ];
}

function describeRead({ files, bytes }: ReadCount): string {
  return `${countOf(files, 'file')} (${(bytes / 1024).toFixed(1)} KiB)`;
}

function writeTable(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([part]) => part.length));
  return rows
    .map(([part, milliseconds, what = '']) => {
      return `${`${part.padEnd(width)} ${milliseconds.toFixed(1).padStart(9)} ms  ${what}`.trimEnd()}\n`;
    })
    .join('');
}

import type { FailureThreshold } from '../config/config.ts';
import { findReadingBoundary } from '../config/reading-boundary.ts';
import { UsageError } from '../config/usage-error.ts';
import { expandPaths } from '../discover/expand-patterns.ts';
import { joinWords } from '../join-words.ts';
import { mergeReports } from '../merge/merge-reports.ts';
import { readReport } from '../merge/read-report.ts';
import { countOf } from '../report/count.ts';
import { displayPath } from '../report/display-path.ts';
import { escapeText } from '../report/escape-text.ts';
import { confineFileSystem } from '../source/confined-file-system.ts';
import { decode } from '../source/decode.ts';
import { isReadFailure, SourceCache } from '../source/source-cache.ts';
import { tellStale } from './baseline.ts';
import type { LintFlags } from './flags.ts';
import type { Terminal } from './terminal.ts';
import { writeReports } from './write-reports.ts';

/** The options of `merge`. */
export type MergeFlags = Pick<
  LintFlags,
  'format' | 'output' | 'report' | 'color' | 'verbose' | 'quiet' | 'maxFindings'
> & { readonly failOn?: FailureThreshold };

/** Joins reports that `--format json` wrote in this folder, on this machine or another; gives the exit code. Throws a UsageError. */
export async function mergeCommand(paths: readonly string[], flags: MergeFlags, terminal: Terminal): Promise<number> {
  const { directory, fileSystem, err } = terminal;
  const files = await expandPaths(paths, directory, '-', fileSystem);
  const reports = files.map((path) => readReport(readText(path, terminal), displayPath(path, directory)));
  // What a report names may be anything, for it may come from a stranger.
  const boundary = findReadingBoundary(['.'], directory, {}, fileSystem);
  const sources = new SourceCache(confineFileSystem(fileSystem, boundary));
  const { result, lost } = mergeReports(reports, directory, sources, flags.failOn);
  await writeReports(result, flags, terminal);
  if (result.baseline !== undefined) tellStale(result.baseline, terminal);
  if (lost.length > 0) err.write(`${describeLost(lost)}\n`);
  return result.exitCode;
}

/** Reports are larger than any manifest, and named by the user; the limits on what is linted are not theirs. */
function readText(path: string, { fileSystem, directory }: Terminal): string {
  const shownAs = displayPath(path, directory);
  if (fileSystem.stat(path)?.kind !== 'file') throw new UsageError(`${shownAs} is not a file.`);
  const file = decode(path, fileSystem.readFile(path));
  if (isReadFailure(file)) throw new UsageError(`${shownAs} cannot be read: ${file.message}.`);
  return file.text;
}

function describeLost(lost: readonly string[]): string {
  const shown = lost.slice(0, 3).map(escapeText);
  const more = lost.length > shown.length ? [countOf(lost.length - shown.length, 'other')] : [];
  return `Without source lines: ${joinWords([...shown, ...more])}, not here or not as linted. Run merge where the reports were made.`;
}

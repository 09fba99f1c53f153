import type { FailureThreshold } from '../../config/config.ts';
import { findReadingBoundary } from '../../config/reading-boundary.ts';
import { expandPaths } from '../../discover/expand-patterns.ts';
import { mergeReports } from '../../merge/merge-reports.ts';
import { readReport } from '../../merge/read-report.ts';
import { countOf } from '../../report/count.ts';
import { displayPath } from '../../report/display-path.ts';
import { escapeText } from '../../report/escape-text.ts';
import { confineFileSystem } from '../../source/files/confined-file-system.ts';
import { decode } from '../../source/files/decode.ts';
import { isReadFailure, SourceCache } from '../../source/source-cache.ts';
import { joinWords } from '../../text/join-words.ts';
import { UsageError } from '../../usage-error.ts';
import type { LintFlags } from '../flags.ts';
import { writeReports } from '../output/write-reports.ts';
import type { Terminal } from '../terminal.ts';
import { reportStale } from './baseline.ts';

/** The options of `merge`. */
export type MergeFlags = Pick<
  LintFlags,
  'format' | 'output' | 'report' | 'color' | 'verbose' | 'quiet' | 'maxFindings'
> & { readonly failOn?: FailureThreshold };

/** Merges reports that `--format json` wrote in this folder, here or on another machine; returns the exit code. Throws a UsageError. */
export async function mergeCommand(paths: readonly string[], flags: MergeFlags, terminal: Terminal): Promise<number> {
  const { directory, fileSystem, err } = terminal;
  const files = await expandPaths(paths, directory, '-', fileSystem);
  const reports = files.map((path) => readReport(readText(path, terminal), displayPath(path, directory)));
  // A report may come from a stranger's run, so the paths in it cannot be trusted.
  const boundary = findReadingBoundary(['.'], directory, {}, fileSystem);
  const sources = new SourceCache(confineFileSystem(fileSystem, boundary));
  const { result, lost } = mergeReports(reports, directory, sources, flags.failOn);
  await writeReports(result, flags, terminal);
  if (result.baseline !== undefined) reportStale(result.baseline, terminal);
  if (lost.length > 0) err.write(`${describeLost(lost)}\n`);
  return result.exitCode;
}

/** Read without the size limits for linted files: reports are larger than any manifest, and the user named them. */
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
  return `Shown without source lines: ${joinWords([...shown, ...more])}, missing here or changed since. Run merge in the folder and commit that was linted.`;
}

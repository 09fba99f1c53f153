import { randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import type { LintResult } from '../../lint/lint-result.ts';
import { escapeText } from '../../report/escape-text.ts';
import type { LintFlags, ReportFormat } from '../flags.ts';
import { type Stream, type Terminal, wantsColour } from '../terminal.ts';
import { writeOutput } from './write-output.ts';
import { writeReport } from './write-report.ts';

/** Writes the report to standard output or `--output`, and the ones of `--report`. Throws a UsageError if a file cannot be written. */
export async function writeReports(result: LintResult, flags: LintFlags, terminal: Terminal): Promise<void> {
  for (const entry of flags.report ?? []) {
    const equals = entry.indexOf('=');
    // The command line has checked the name of the format.
    await writeToFile(entry.slice(0, equals) as ReportFormat, entry.slice(equals + 1), result, flags, terminal);
  }
  const { format = 'text', output } = flags;
  if (output !== undefined) {
    await writeToFile(format, output, result, flags, terminal);
    await writeSummary(output, result, flags, terminal);
  } else if (flags.format === undefined && terminal.env['GITHUB_ACTIONS'] === 'true') {
    terminal.out.write(await annotateLog(result, flags, terminal));
  } else {
    terminal.out.write(await writeReport(format, result, flags, terminal.out, terminal));
  }
}

/** The output for a GitHub Actions log: the text report for people, then the annotations. */
async function annotateLog(result: LintResult, flags: LintFlags, terminal: Terminal): Promise<string> {
  const { withoutCommands } = await import('../../report/github.ts');
  const log = await writeReport('text', result, flags, terminal.out, terminal);
  const annotations = await writeReport('github', result, flags, terminal.out, terminal);
  return withoutCommands(log, randomUUID()) + annotations;
}

async function writeToFile(
  format: ReportFormat,
  path: string,
  result: LintResult,
  flags: LintFlags,
  terminal: Terminal,
): Promise<void> {
  const file: Stream = { ...terminal.out, isTerminal: false, columns: undefined };
  const report = await writeReport(format, result, flags, file, terminal);
  writeOutput('The report', posix.resolve(terminal.directory, path), report, terminal);
}

/** With `--output`, the summary still goes to the terminal, on standard error. */
async function writeSummary(
  path: string,
  result: LintResult,
  { quiet, color }: LintFlags,
  { err, env, leave }: Terminal,
): Promise<void> {
  if (quiet || result.roots.length === 0) return;
  const [{ describeSummary }, { loadColours, plainPaint }] = await Promise.all([
    import('../../report/text.ts'),
    import('../../report/paint.ts'),
  ]);
  const paint = wantsColour(err, env, color) ? await loadColours() : plainPaint;
  err.write(`${describeSummary(result, { paint })} Report written to ${escapeText(leave(path))}.\n`);
}

import type { EarlierRun, RunMemory } from '../../earlier-run.ts';
import { inlineLess } from '../../inline-less.ts';
import type { LintResult } from '../../lint/lint-result.ts';
import type { LintOptions } from '../../lint-options.ts';
import { runWithBuilds } from '../../run.ts';
import { noTiming } from '../../timing.ts';
import { UsageError } from '../../usage-error.ts';
import type { LintFlags } from '../flags.ts';
import { showProgress } from '../output/progress.ts';
import { writeNotes } from '../output/write-notes.ts';
import { writeCrashes } from '../output/write-problems.ts';
import { writeReports } from '../output/write-reports.ts';
import type { Terminal } from '../terminal.ts';
import { reportStale, writeBaseline as writeBaselineFile } from './baseline.ts';
import { checkDiff, checkShard, type LintRequest, toLintOptions, toRequest } from './lint-request.ts';

/** Lints and reports; returns the exit code. Throws a UsageError. */
export async function lintCommand(paths: readonly string[], flags: LintFlags, terminal: Terminal): Promise<number> {
  checkShard(flags);
  if (flags.init) return (await import('./init-command.ts')).initCommand(terminal);
  if (flags.printConfig) {
    return (await import('./print-config.ts')).printConfig(paths, toLintOptions(paths, flags, terminal), terminal);
  }
  if (flags.watch) {
    const { watch } = await import('./watch.ts');
    return watch(paths, flags, terminal, async (earlier) => (await lint(paths, flags, terminal, earlier)).memory);
  }
  if (flags.fix === undefined && !flags.diff) return (await lint(paths, flags, terminal)).exitCode;
  if (flags.timing) throw new UsageError('--timing cannot be combined with --fix or --diff.');
  checkDiff(flags);
  const request = await toRequest(paths, flags, terminal);
  const result = await (await import('./fix-files.ts')).fixFiles(request.searched, request.options, flags, terminal);
  return typeof result === 'number' ? result : report(result, request, flags, terminal);
}

/** One run with its report. */
async function lint(
  paths: readonly string[],
  flags: LintFlags,
  terminal: Terminal,
  earlier?: EarlierRun,
): Promise<{ exitCode: number; memory: RunMemory }> {
  const timer = flags.timing
    ? (await import('../output/run-timer.ts')).startTimer(terminal, flags.watch ? 'now' : 'start of the process')
    : { fileSystem: terminal.fileSystem, timing: noTiming, report: () => {} };
  const request = await toRequest(paths, flags, terminal);
  const { searched, options } = request;
  const { timing, fileSystem } = timer;
  const progress = showProgress(terminal, flags.quiet);
  const onProgress: LintOptions['onProgress'] = (done, all, path) => {
    if (done === 1) inlineLess(all);
    progress.update(done, all, path);
  };
  const withProgress = { ...options, onProgress };
  const context = { timing, earlier };
  const { result, memory } = await runWithBuilds(searched, terminal.directory, withProgress, fileSystem, context);
  progress.erase();
  const exitCode = await timing.measure('report', () => report(result, request, flags, terminal));
  timer.report(result);
  return { exitCode, memory };
}

/** Writes the reports, or the baseline; returns the exit code. */
async function report(result: LintResult, request: LintRequest, flags: LintFlags, terminal: Terminal): Promise<number> {
  if (flags.writeBaseline && result.baseline !== undefined) {
    return writeBaselineFile(result.baseline, result, terminal);
  }
  await writeReports(result, flags, terminal);
  if (result.baseline !== undefined) reportStale(result.baseline, terminal);
  writeNotes(result, request, terminal);
  writeCrashes(result.crashes, terminal);
  return result.exitCode;
}

import { UsageError } from '../../config/usage-error.ts';
import { dropUndefined } from '../../drop-undefined.ts';
import type { EarlierRun, RunMemory } from '../../earlier-run.ts';
import type { LintResult } from '../../lint/lint-result.ts';
import type { LintOptions } from '../../lint-options.ts';
import { displayPath } from '../../report/display-path.ts';
import { escapeText } from '../../report/escape-text.ts';
import { runWithBuilds } from '../../run.ts';
import { decode } from '../../source/files/decode.ts';
import { isReadFailure } from '../../source/source-cache.ts';
import { noTiming } from '../../timing.ts';
import type { LintFlags } from '../flags.ts';
import { showProgress } from '../output/progress.ts';
import type { Terminal } from '../output/terminal.ts';
import { writeCrashes } from '../output/write-problems.ts';
import { writeReports } from '../output/write-reports.ts';
import { reportStale, writeBaseline as writeBaselineFile } from './baseline.ts';
import { findChanges } from './find-changes.ts';
import { toFluxOptions } from './flux-options.ts';
import { inlineLess } from './inline-less.ts';
import { toLeftOutOptions } from './left-out-options.ts';

/** Lints and reports; returns the exit code. Throws a UsageError. */
export async function lintCommand(paths: readonly string[], flags: LintFlags, terminal: Terminal): Promise<number> {
  checkShard(flags);
  if (flags.init) return (await import('./init-command.ts')).initCommand(terminal);
  if (flags.printConfig) {
    return (await import('./print-config.ts')).printConfig(paths, toOptions(paths, flags, terminal), terminal);
  }
  if (flags.watch) {
    const { watch } = await import('../watch/watch.ts');
    return watch(paths, flags, terminal, async (earlier) => (await lint(paths, flags, terminal, earlier)).memory);
  }
  if (flags.fix === undefined && !flags.diff) return (await lint(paths, flags, terminal)).exitCode;
  if (flags.timing) throw new UsageError('--timing cannot be combined with --fix or --diff.');
  const request = await toRequest(paths, flags, terminal);
  const result = await (await import('./fix-files.ts')).fixFiles(request.searched, request.options, flags, terminal);
  return typeof result === 'number' ? result : report(result, request, flags, terminal);
}

/** What to lint, and how. */
interface Request {
  readonly searched: readonly string[];
  readonly options: LintOptions;
}

async function toRequest(paths: readonly string[], flags: LintFlags, terminal: Terminal): Promise<Request> {
  const { searched, changedFiles } = await findChanges(paths, flags, terminal);
  const options = toOptions(searched, flags, terminal);
  return { searched, options: changedFiles === undefined ? options : { ...options, changedFiles } };
}

/** One run with its report. */
async function lint(
  paths: readonly string[],
  flags: LintFlags,
  terminal: Terminal,
  earlier?: EarlierRun,
): Promise<{ exitCode: number; memory: RunMemory }> {
  const timer = flags.timing
    ? (await import('../output/timing.ts')).startTimer(terminal, !flags.watch)
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
async function report(
  result: LintResult,
  { searched, options }: Request,
  flags: LintFlags,
  terminal: Terminal,
): Promise<number> {
  if (flags.writeBaseline && result.baseline !== undefined) {
    return writeBaselineFile(result.baseline, result, terminal);
  }
  await writeReports(result, flags, terminal);
  if (result.baseline !== undefined) reportStale(result.baseline, terminal);
  writeNotes(result, searched, terminal, options.changedFiles !== undefined);
  writeCrashes(result.crashes, terminal);
  return result.exitCode;
}

/** Fixes and baselines need all roots. */
function checkShard({ shard, fix, diff, writeBaseline }: LintFlags): void {
  const options = [fix && '--fix', diff && '--diff', writeBaseline && '--write-baseline'];
  const other = options.find((option) => typeof option === 'string');
  if (shard !== undefined && other !== undefined) {
    throw new UsageError(`--shard and ${other} cannot be combined: ${other} needs all roots.`);
  }
}

function toOptions(paths: readonly string[], flags: LintFlags, terminal: Terminal): LintOptions {
  const {
    config,
    kustomize,
    applier,
    loadRestrictor,
    repository,
    failOn,
    preset,
    stdinFilename,
    baseline,
    writeBaseline,
    shard,
    timeLimit,
  } = flags;
  if (stdinFilename !== undefined && !paths.includes('-')) {
    throw new UsageError('--stdin-filename names standard input; pass the path - as well.');
  }
  return {
    ...dropUndefined({
      config,
      kustomize,
      applier,
      loadRestrictor,
      repository,
      shard,
      timeLimit,
      failOn,
      preset,
      baseline,
      newBaseline: writeBaseline ? true : undefined,
      stdin: paths.includes('-') ? { text: readStdin(terminal), ...dropUndefined({ path: stdinFilename }) } : undefined,
    }),
    ...toLeftOutOptions(flags),
    ...toFluxOptions(flags),
  };
}

function readStdin(terminal: Terminal): string {
  const file = decode('<stdin>', terminal.readStdin());
  if (isReadFailure(file)) throw new UsageError(`Standard input cannot be used: ${file.message}.`);
  return file.text;
}

/** Writes to standard error what the user should know whatever the report format. */
function writeNotes(
  { roots, skipped, findings, exitCode }: LintResult,
  paths: readonly string[],
  { err, directory, leave }: Terminal,
  limited: boolean,
): void {
  const show = (path: string) => escapeText(displayPath(path, directory));
  for (const { path, why } of skipped.filter(({ named }) => named)) err.write(`${show(path)} ${why}; skipped.\n`);
  if (limited && exitCode === 0 && roots.length === 0) err.write('No build root reads any of the changed files.\n');
  if (exitCode === 3 && findings.length === 0) {
    err.write(
      `Nothing to lint in ${paths.map((path) => escapeText(leave(path))).join(', ')}: there is no kustomization and no Kubernetes manifest.\n`,
    );
    for (const { path, why } of skipped.filter(({ named }) => !named)) err.write(`${show(path)} ${escapeText(why)}.\n`);
  }
}

import { posix } from 'node:path';
import { findRepositoryTop } from '../config/find-config.ts';
import { UsageError } from '../config/usage-error.ts';
import type { LintResult } from '../lint/lint-result.ts';
import type { LintOptions } from '../lint-options.ts';
import { displayPath } from '../report/display-path.ts';
import { escapeText } from '../report/escape-text.ts';
import { run } from '../run.ts';
import { decode, isReadFailure } from '../source/source-cache.ts';
import { version } from '../version.ts';
import { findChanges } from './find-changes.ts';
import type { LintFlags } from './flags.ts';
import { toFluxOptions } from './flux-options.ts';
import { lineWidth, type Stream, type Terminal, wantsColour } from './terminal.ts';
import { writeCrashes } from './write-problems.ts';

/** Lints and reports; gives the exit code. Throws a UsageError. */
export async function lintCommand(paths: readonly string[], flags: LintFlags, terminal: Terminal): Promise<number> {
  const { searched, changedFiles } = await findChanges(paths, flags, terminal);
  const options = { ...toOptions(searched, flags, terminal), ...(changedFiles === undefined ? {} : { changedFiles }) };
  const result = await run(searched, terminal.directory, options, terminal.fileSystem);
  const toFile: Stream = { ...terminal.out, isTerminal: false, columns: undefined };
  const stream = flags.output === undefined ? terminal.out : toFile;
  const report = await writeReport(result, flags, stream, terminal);
  if (flags.output === undefined) terminal.out.write(report);
  else await writeReportFile(flags.output, report, result, flags, terminal);
  writeNotes(result, searched, terminal, changedFiles !== undefined);
  writeCrashes(result.crashes, terminal);
  return result.exitCode;
}

function toOptions(paths: readonly string[], flags: LintFlags, terminal: Terminal): LintOptions {
  const { config, kustomize, applier, loadRestrictor, failOn, preset, stdinFilename } = flags;
  if (stdinFilename !== undefined && !paths.includes('-')) {
    throw new UsageError([{ message: '--stdin-filename names what the path - stands for; give that path too.' }]);
  }
  return {
    ...(config === undefined ? {} : { config }),
    ...(kustomize === undefined ? {} : { kustomize }),
    ...(applier === undefined ? {} : { applier }),
    ...(loadRestrictor === undefined ? {} : { loadRestrictor }),
    ...(failOn === undefined ? {} : { failOn }),
    ...(preset === undefined ? {} : { preset }),
    ...toFluxOptions(flags),
    ...(paths.includes('-')
      ? { stdin: { text: readStdin(terminal), ...(stdinFilename === undefined ? {} : { path: stdinFilename }) } }
      : {}),
  };
}

function readStdin(terminal: Terminal): string {
  const file = decode('<stdin>', terminal.readStdin());
  if (isReadFailure(file)) throw new UsageError([{ message: `Standard input cannot be used: ${file.message}.` }]);
  return file.text;
}

/** Each report is loaded when it is asked for. */
async function writeReport(result: LintResult, flags: LintFlags, stream: Stream, terminal: Terminal): Promise<string> {
  const { directory, fileSystem, env } = terminal;
  // Readers of these two resolve paths from the top of the repository.
  const top = () => findRepositoryTop(directory, fileSystem) ?? directory;
  switch (flags.format) {
    case 'text': {
      const [{ writeText }, { loadColours, plainPaint }] = await Promise.all([
        import('../report/text.ts'),
        import('../report/paint.ts'),
      ]);
      const paint = wantsColour(stream, env, flags.color) ? await loadColours() : plainPaint;
      return writeText(result, {
        base: directory,
        paint,
        secrets: result.secrets,
        width: lineWidth(stream),
        verbose: flags.verbose ?? false,
        summary: !flags.quiet,
      });
    }
    case 'json': {
      const { writeJson } = await import('../report/json.ts');
      return writeJson(result, { base: directory, version });
    }
    case 'sarif': {
      const [{ writeSarif }, { ruleDescriptions }] = await Promise.all([
        import('../report/sarif.ts'),
        import('../lint/rule-descriptions.ts'),
      ]);
      return writeSarif(result, ruleDescriptions, { base: top(), version });
    }
    case 'github': {
      const { writeGithub } = await import('../report/github.ts');
      return writeGithub(result, top());
    }
  }
}

/** Whoever waits for the command still wants to know how it went. */
async function writeReportFile(
  path: string,
  report: string,
  result: LintResult,
  { quiet, color }: LintFlags,
  { directory, writeFile, err, env }: Terminal,
): Promise<void> {
  try {
    writeFile(posix.resolve(directory, path), report);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError([{ message: `The report cannot be written: ${reason}.` }]);
  }
  if (quiet || result.roots.length === 0) return;
  const [{ describeSummary }, { loadColours, plainPaint }] = await Promise.all([
    import('../report/text.ts'),
    import('../report/paint.ts'),
  ]);
  const paint = wantsColour(err, env, color) ? await loadColours() : plainPaint;
  err.write(`${describeSummary(result, { paint })} The report is in ${escapeText(path)}.\n`);
}

/** What should be told whatever the format, and so goes to standard error. */
function writeNotes(
  { roots, skipped, findings, exitCode }: LintResult,
  paths: readonly string[],
  { err, directory }: Terminal,
  limited: boolean,
): void {
  const show = (path: string) => escapeText(displayPath(path, directory));
  for (const { path, why } of skipped.filter(({ named }) => named))
    err.write(`${show(path)} ${why}; it was left out.\n`);
  if (limited && exitCode === 0 && roots.length === 0) err.write('No root reads any of the changed files.\n');
  if (exitCode === 3 && findings.length === 0) {
    err.write(
      `Nothing to lint in ${paths.map(escapeText).join(', ')}: there is no kustomization and no Kubernetes manifest.\n`,
    );
    for (const { path, why } of skipped.filter(({ named }) => !named)) err.write(`${show(path)} ${escapeText(why)}.\n`);
  }
}

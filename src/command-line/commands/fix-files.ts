import { dropUndefined } from '../../collections/drop-undefined.ts';
import { pushAll } from '../../collections/push-all.ts';
import { findReadingBoundary } from '../../config/reading-boundary.ts';
import { resolveSettings } from '../../config/settings.ts';
import { standardInput } from '../../discover/discover.ts';
import { expandPaths } from '../../discover/expand-patterns.ts';
import type { Finding } from '../../findings/finding.ts';
import { type FixOutcome, fixFindings } from '../../fix/fix-findings.ts';
import type { Permission } from '../../fix/plan-candidates.ts';
import { refuseOutside } from '../../fix/refuse-outside.ts';
import type { LintResult } from '../../lint/lint-result.ts';
import type { LintOptions } from '../../lint-options.ts';
import { countOf } from '../../report/count.ts';
import { displayPath, displayPlace } from '../../report/display-path.ts';
import { escapeText } from '../../report/escape-text.ts';
import { runWithBuilds } from '../../run.ts';
import { SourceCache } from '../../source/source-cache.ts';
import { UsageError } from '../../usage-error.ts';
import type { LintFlags } from '../flags.ts';
import { reasonOf } from '../output/write-output.ts';
import type { Terminal } from '../terminal.ts';

type FixFlags = Pick<LintFlags, 'fix' | 'diff' | 'quiet' | 'verbose'>;

/**
 * Applies the fixes that `--fix` asks for, or prints with `--diff` what they would change. Returns the result that is left
 * to report; with `--diff`, only the exit code. A summary goes to standard error, whatever the report format.
 */
export async function fixFiles(
  paths: readonly string[],
  options: LintOptions,
  flags: FixFlags,
  terminal: Terminal,
): Promise<LintResult | number> {
  if (paths.includes('-')) throw new UsageError('Standard input cannot be fixed; give a path.');
  const { directory, fileSystem } = terminal;
  const outcome = await fixFindings(
    (files) => runWithBuilds(paths, directory, options, files),
    fileSystem,
    await permit(paths, options, flags, terminal),
  );
  if (flags.diff) {
    const { writeDiff } = await import('../output/write-diff.ts');
    writeDiff(outcome, terminal);
    reportOutcome(outcome, 'Would fix', flags, terminal);
    return outcome.first.result.exitCode;
  }
  writeChanges(outcome, terminal);
  reportOutcome(outcome, 'Fixed', flags, terminal);
  return outcome.linted.result;
}

/** Files from other repositories (`--source`, the remote cache) are linted but never changed. */
async function permit(
  paths: readonly string[],
  options: LintOptions,
  { fix }: FixFlags,
  { directory, fileSystem, leave }: Terminal,
): Promise<Permission> {
  const own = dropUndefined({ repository: options.repository });
  const real = (folder: string) => fileSystem.realPath(folder) ?? folder;
  const folders = findReadingBoundary(paths, directory, own, fileSystem).map(real);
  const targets = await expandPaths(paths, directory, standardInput, fileSystem);
  const { remoteCache } = resolveSettings(targets, directory, options, new SourceCache(fileSystem));
  const cache = remoteCache === undefined ? undefined : real(remoteCache);
  return {
    wants: (finding) => fix === 'all' || finding.fix?.safe === true,
    refuse: refuseOutside(folders, cache, leave),
  };
}

/** New files are written first, because a kustomization that lists them does not build without them. */
function writeChanges({ changed }: FixOutcome, terminal: Terminal): void {
  const written: string[] = [];
  const ordered = [...changed].sort(([, a], [, b]) => Number(a.before !== undefined) - Number(b.before !== undefined));
  for (const [path, { before, after }] of ordered) {
    const shown = escapeText(displayPath(path, terminal.directory));
    try {
      terminal.replaceFile(path, after, before);
    } catch (error) {
      const done = written.length === 0 ? 'No file was changed' : `Changed before that: ${written.join(', ')}`;
      throw new UsageError(`${shown} cannot be written: ${reasonOf(error)}. ${done}.`);
    }
    written.push(shown);
  }
}

function reportOutcome(
  { fixed, refused, linted, changed }: FixOutcome,
  done: string,
  { fix, diff, quiet, verbose }: FixFlags,
  { err, directory }: Terminal,
): void {
  const place = ({ at }: Finding): string => displayPlace(at, directory);
  const lines = refused.map(({ finding, why }) => `${place(finding)} ${finding.rule} was not fixed: ${why}.`);
  if (verbose)
    pushAll(
      lines,
      fixed.map((one) => `${place(one)} ${one.rule}: ${one.fix?.title ?? ''}.`),
    );
  if (!quiet) {
    const more = linted.result.findings.filter((finding) => finding.fix?.safe === false && fix !== 'all').length;
    // Without --diff the report that follows says this.
    const hint = diff && more > 0 ? ` ${more} more fixable with --fix=all.` : '';
    lines.push(
      fixed.length === 0
        ? `Nothing to fix.${hint}`
        : `${done} ${countOf(fixed.length, 'finding')} in ${countOf(changed.size, 'file')}.${hint}`,
    );
  }
  err.write(lines.map((line) => `${escapeText(line)}\n`).join(''));
}

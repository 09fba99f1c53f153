import { dropUndefined } from '../../collections/drop-undefined.ts';
import type { LintOptions } from '../../lint-options.ts';
import { decode } from '../../source/files/decode.ts';
import { isReadFailure } from '../../source/source-cache.ts';
import { UsageError } from '../../usage-error.ts';
import type { LintFlags } from '../flags.ts';
import { givenOptions } from '../given-options.ts';
import type { Terminal } from '../terminal.ts';
import { findChanges } from './find-changes.ts';
import { toFluxOptions } from './flux-options.ts';
import { toLeftOutOptions } from './left-out-options.ts';

/** What to lint, and how. */
export interface LintRequest {
  /** The paths to lint. */
  readonly searched: readonly string[];
  readonly options: LintOptions;
}

/** What the paths and options of the command line ask for. Throws a UsageError. */
export async function toRequest(paths: readonly string[], flags: LintFlags, terminal: Terminal): Promise<LintRequest> {
  const { searched, changedFiles } = await findChanges(paths, flags, terminal);
  const options = toLintOptions(searched, flags, terminal);
  return { searched, options: changedFiles === undefined ? options : { ...options, changedFiles } };
}

/** Refuses `--shard` with options that need all roots: those for fixes and baselines. */
export function checkShard({ shard, fix, diff, writeBaseline }: LintFlags): void {
  const [other] = givenOptions({ '--fix': fix, '--diff': diff, '--write-baseline': writeBaseline });
  if (shard !== undefined && other !== undefined) {
    throw new UsageError(`--shard and ${other} cannot be combined: ${other} needs all roots.`);
  }
}

/** Refuses `--diff`, which prints a patch instead of a report, with the options of reports. */
export function checkDiff({ diff, format, output, report, writeBaseline }: LintFlags): void {
  const reporting = { '--format': format, '--output': output, '--report': report, '--write-baseline': writeBaseline };
  const [other] = givenOptions(reporting);
  if (diff && other !== undefined) {
    throw new UsageError(`--diff and ${other} cannot be combined: --diff prints a patch instead of a report.`);
  }
}

/** The linter's options for those of the command line. Throws a UsageError. */
export function toLintOptions(paths: readonly string[], flags: LintFlags, terminal: Terminal): LintOptions {
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

import { posix, resolve } from 'node:path';
import { dropUndefined } from './collections/drop-undefined.ts';
import { checkRuleOptions } from './config/check-rule-options.ts';
import { enterOptions } from './enter-options.ts';
import { buildRoot } from './kustomize/build.ts';
import { printBuild } from './kustomize/print-build.ts';
import type { BuildProblem } from './kustomize/problem.ts';
import type { LintResult } from './lint/lint-result.ts';
import { ruleDescriptions } from './lint/rule-descriptions.ts';
import { redact } from './lint/secrets/redact.ts';
import { findSecretPlaces } from './lint/secrets/secret-places.ts';
import type { LintOptions } from './lint-options.ts';
import { type RunFacts, toJsonReport as report } from './report/json.ts';
import type { JsonReport } from './report/json-report.ts';
import { run } from './run.ts';
import { nativeFileSystem, nodeFileSystem } from './source/files/file-system.ts';
import { type Entrance, entrance } from './source/files/platform-file-system.ts';
import { platformPaths } from './source/files/platform-paths.ts';
import { SourceCache } from './source/source-cache.ts';

export type { BaselineEntry, BaselineOutcome } from './baseline/baseline.ts';
export type { Applier, FailureThreshold, LoadRestrictor, Preset, RuleLevel } from './config/config.ts';
export type { SkippedPath } from './discover/skipped-path.ts';
export type { Finding, Severity } from './findings/finding.ts';
export type { Change, FindingFix, Fix, FixSubject, Value } from './findings/fix.ts';
export type { Dialect } from './kustomize/dialect.ts';
export type { BuildProblem } from './kustomize/problem.ts';
export type { Crash, ExitCode, LintedRoot, LintResult, SuppressedFinding } from './lint/lint-result.ts';
export type { RuleDescription } from './lint/rule-description.ts';
export { ruleDescriptions } from './lint/rule-descriptions.ts';
export type { LintOptions } from './lint-options.ts';
export type { ObjectReference } from './objects/kubernetes-object.ts';
export type { JsonReport } from './report/json-report.ts';
export type { Related } from './source/related.ts';
export { type Position, SourceFile } from './source/source-file.ts';
export type { Span } from './source/span.ts';
export { UsageError, type UsageProblem } from './usage-error.ts';
export { version } from './version.ts';

/**
 * Lints paths: folders, kustomizations, manifests, globs, or `-` for `options.stdin`. Rejects with a UsageError for a missing
 * path or invalid settings; anything wrong in the trees is a finding.
 */
export async function lint(paths: string | readonly string[], options: LintOptions = {}): Promise<LintResult> {
  checkRuleOptions(
    options.rules ?? {},
    ruleDescriptions.map(({ id }) => id),
  );
  const { directory, enter } = startFrom(options.directory);
  const given = typeof paths === 'string' ? [paths] : paths;
  return run(given.map(enter), directory, enterOptions(options, enter, platformPaths.leave), nodeFileSystem);
}

/** The text that `kustomize build` would print, or the reasons why there is none. */
export interface BuildResult {
  /** Empty if there are problems. */
  readonly text: string;
  readonly problems: readonly BuildProblem[];
}

/**
 * Builds the kustomization in a folder, byte for byte as `kustomize build` does. Never throws for anything wrong in the tree,
 * including a folder without a kustomization: these are problems with their locations.
 */
export function build(
  folder: string,
  { directory, kustomize, loadRestrictor }: Pick<LintOptions, 'directory' | 'kustomize' | 'loadRestrictor'> = {},
): BuildResult {
  const start = startFrom(directory);
  const path = posix.resolve(start.directory, start.enter(folder));
  const options = dropUndefined({ dialect: kustomize, loadRestrictor });
  const sources = new SourceCache(nodeFileSystem);
  const root = buildRoot(path, options, sources);
  const { text, problems } = printBuild(root);
  const secrets = findSecretPlaces([root], sources);
  return { text, problems: problems.map((problem) => redact(problem, secrets)) };
}

/** The report of a run, as the value that `--format json` writes. */
export function toJsonReport(result: LintResult, { base, top, ...facts }: RunFacts): JsonReport {
  return report(result, {
    ...facts,
    base: startFrom(base).directory,
    ...(top === undefined ? {} : { top: startFrom(top).directory }),
  });
}

/** Converts a path of a finding to the form of this platform: on Windows, `/C:/k8s/…` to `C:/k8s/…`. */
export function toPlatformPath(path: string): string {
  return platformPaths.leave(path);
}

function startFrom(directory = '.'): Entrance {
  return entrance(resolve(directory), nativeFileSystem, platformPaths);
}

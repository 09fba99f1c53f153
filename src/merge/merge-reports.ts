import { type BaselineOutcome, entryKey } from '../baseline/baseline.ts';
import { dropUndefined } from '../collections/drop-undefined.ts';
import { groupBy } from '../collections/group-by.ts';
import type { FailureThreshold } from '../config/config.ts';
import type { SkippedPath } from '../discover/skipped-path.ts';
import type { Finding } from '../findings/finding.ts';
import type { Change, FindingFix } from '../findings/fix.ts';
import type { LintedRoot, LintResult, SuppressedFinding } from '../lint/lint-result.ts';
import { chooseExitCode, sortRoots } from '../lint/lint-roots.ts';
import { mergeFindings, sortFindings } from '../lint/merge-findings.ts';
import { findSecretPlaces, type SecretPlaces } from '../lint/secrets/secret-places.ts';
import type { JsonFinding, JsonFix, JsonLocation, JsonRange } from '../report/json-report.ts';
import type { SourceCache } from '../source/source-cache.ts';
import { compareText } from '../text/compare-text.ts';
import { UsageError } from '../usage-error.ts';
import type { ReadReport } from './read-report.ts';
import { ReportedFiles } from './reported-files.ts';

/** The result of merging reports. */
export interface MergedReports {
  readonly result: LintResult;
  /** Files with findings that are missing here or have changed, so that their source lines cannot be shown. */
  readonly lost: readonly string[];
}

/**
 * Merges reports into the result that a single run would have. Findings of several roots on the same line become one, even
 * across reports. Throws a UsageError if shares are missing.
 * @param directory absolute path that the paths in the reports are relative to
 * @param failOn overrides the thresholds of the runs
 */
export function mergeReports(
  reports: readonly ReadReport[],
  directory: string,
  sources: SourceCache,
  failOn: FailureThreshold = strictest(reports),
): MergedReports {
  checkShards(reports);
  const files = new ReportedFiles(directory, reports.flatMap(allLocations), sources);
  const activeSuppressions = distinctRanges(reports.flatMap(({ merge }) => merge.activeSuppressions));
  const isActive = new Set(activeSuppressions.map(rangeKey));
  // A comment that silences nothing in one share may silence something in another.
  const reported = reports
    .flatMap(({ findings }) => findings)
    .filter(({ rule, location }) => rule !== 'suppression-unused' || !isActive.has(rangeKey(location)));
  const findings = sortFindings(mergeFindings(reported.map((finding) => toFinding(finding, files))));
  const roots = mergeRoots(reports, files);
  const baseline = mergeBaselines(reports, files);
  const failed = reports.some(({ summary }) => summary.exitCode === 2);
  const result: LintResult = {
    findings,
    suppressed: mergeSuppressed(reports, files),
    activeSuppressions: activeSuppressions.map((range) => files.spanOf(range)),
    ...dropUndefined({ baseline }),
    roots,
    skipped: mergeSkipped(reports, files),
    crashes: [],
    secrets: mergeSecrets(reports, files, sources),
    exitCode: failed ? 2 : chooseExitCode({ findings, roots, crashes: [] }, failOn),
    failOn,
  };
  return { result, lost: files.lost };
}

/** Shares must be from one run, and complete. Reports of whole runs can always be merged. */
function checkShards(reports: readonly ReadReport[]): void {
  const shards = reports.flatMap(({ merge }) => merge.shard ?? []);
  const counts = new Set(shards.map(({ count }) => count));
  if (shards.length > 0 && (counts.size > 1 || shards.length !== reports.length)) {
    throw new UsageError('These reports are not from one run; pass all shares of one run, or reports of whole runs.');
  }
  const [count = 0] = counts;
  const indexes = shards.map(({ index }) => index);
  const twice = indexes.find((index, at) => indexes.indexOf(index) !== at);
  if (twice !== undefined) throw new UsageError(`Share ${twice}/${count} is given twice.`);
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !indexes.includes(index));
  if (missing.length > 0) {
    const named = missing.map((index) => `${index}/${count}`).join(', ');
    throw new UsageError(`The report of share ${named} is missing, so part of the run is unknown.`);
  }
}

function strictest(reports: readonly ReadReport[]): FailureThreshold {
  const thresholds = new Set(reports.map(({ merge }) => merge.failOn));
  return (['info', 'warning', 'error'] as const).find((each) => thresholds.has(each)) ?? 'never';
}

function allLocations({ findings, suppressed }: ReadReport): JsonLocation[] {
  return [...findings, ...suppressed].flatMap(({ location, related, fix }) => [
    location,
    ...related,
    ...(fix?.edits ?? []),
  ]);
}

function toFinding({ location, related, roots, fix, ...rest }: JsonFinding, files: ReportedFiles): Finding {
  return {
    ...rest,
    ...dropUndefined({ fix: fix && toFix(fix, files) }),
    at: files.spanOf(location),
    related: related.map((other) => ({ at: files.spanOf(other), note: other.note })),
    roots: roots.map((path) => files.resolve(path)),
  };
}

/** A fix as planned by the run, for reports in other formats. */
function toFix({ title, safe, edits, files: made }: JsonFix, files: ReportedFiles): FindingFix {
  const changes: Change[] = [
    ...edits.map((edit): Change => ({ kind: 'edit', at: files.spanOf(edit), text: edit.text })),
    ...made.map(({ path, text }): Change => ({ kind: 'file', path: files.resolve(path), text })),
  ];
  return { title, safe, changes, subjects: [] };
}

function mergeSuppressed(reports: readonly ReadReport[], files: ReportedFiles): SuppressedFinding[] {
  const all = reports.flatMap(({ suppressed }) =>
    suppressed.map(({ reason, ...finding }) => ({ finding: toFinding(finding, files), reason })),
  );
  const keyOf = ({ rule, at }: Finding): string => JSON.stringify([rule, at.file.path, at.start, at.end]);
  const reasons = new Map(all.map(({ finding, reason }) => [keyOf(finding), reason]));
  return sortFindings(mergeFindings(all.map(({ finding }) => finding))).map((finding) => ({
    finding,
    reason: reasons.get(keyOf(finding)) ?? '',
  }));
}

/** Removes duplicate roots, which whole runs may have. Shares never do, but they may have several roots that Flux builds in one folder. */
function mergeRoots(reports: readonly ReadReport[], files: ReportedFiles): LintedRoot[] {
  const seen = new Set<string>();
  const roots = reports.flatMap((report) => {
    const fresh = report.roots.filter(({ path, kind }) => report.merge.shard || !seen.has(`${kind} ${path}`));
    for (const { path, kind } of fresh) seen.add(`${kind} ${path}`);
    return fresh.map((root) => ({ ...root, path: files.resolve(root.path) }));
  });
  return sortRoots(roots);
}

function mergeSkipped(reports: readonly ReadReport[], files: ReportedFiles): SkippedPath[] {
  const skipped = new Map(
    reports.flatMap((report) =>
      report.skipped.map(({ path, reason }) => [
        JSON.stringify([path, reason]),
        { path: files.resolve(path), why: reason, named: false },
      ]),
    ),
  );
  return [...skipped.values()].sort((a, b) => compareText(a.path, b.path));
}

function mergeBaselines(reports: readonly ReadReport[], files: ReportedFiles): BaselineOutcome | undefined {
  const baselines = reports.flatMap(({ merge }) => merge.baseline ?? []);
  const [first] = baselines;
  if (first === undefined) return undefined;
  const stale = new Map(baselines.flatMap((each) => each.stale).map((entry) => [entryKey(entry), entry]));
  return {
    path: files.resolve(first.path),
    known: baselines.reduce((sum, { known }) => sum + known, 0),
    stale: [...stale].sort(([a], [b]) => compareText(a, b)).map(([, entry]) => entry),
    entries: [],
  };
}

/** The secrets that the runs knew, and those that can be found without a build. */
function mergeSecrets(reports: readonly ReadReport[], files: ReportedFiles, sources: SourceCache): SecretPlaces {
  const ranges = distinctRanges(reports.flatMap(({ merge }) => merge.secrets));
  const known = groupBy(
    ranges.map((range) => files.spanOf(range)),
    ({ file }) => [file.path],
  );
  const found = findSecretPlaces([], sources);
  return { within: (file) => [...(known.get(file.path) ?? []), ...found.within(file)] };
}

function distinctRanges(ranges: readonly JsonRange[]): JsonRange[] {
  return [...new Map(ranges.map((range) => [rangeKey(range), range])).values()];
}

function rangeKey({ path, startOffset, endOffset }: JsonRange): string {
  return JSON.stringify([path, startOffset, endOffset]);
}

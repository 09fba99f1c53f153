import { type BaselineOutcome, entryKey } from '../baseline/baseline.ts';
import { compareText } from '../compare-text.ts';
import type { FailureThreshold } from '../config/config.ts';
import { UsageError } from '../config/usage-error.ts';
import { dropUndefined } from '../drop-undefined.ts';
import { groupBy } from '../group-by.ts';
import type { Finding } from '../lint/finding.ts';
import type { Change, FindingFix } from '../lint/fix.ts';
import type { LintedRoot, LintResult, SkippedPath, SuppressedFinding } from '../lint/lint-result.ts';
import { chooseExitCode, sortRoots } from '../lint/lint-roots.ts';
import { mergeFindings, sortFindings } from '../lint/merge-findings.ts';
import { findSecretPlaces, type SecretPlaces } from '../lint/secret-places.ts';
import type { JsonFinding, JsonFix, JsonLocation, JsonRange } from '../report/json.ts';
import type { SourceCache } from '../source/source-cache.ts';
import type { ReadReport } from './read-report.ts';
import { ToldFiles } from './told-files.ts';

/** Reports as one. */
export interface MergedReports {
  readonly result: LintResult;
  /** Files that findings point into and that are not here, or not as they were: nothing of their text can be shown. */
  readonly lost: readonly string[];
}

/**
 * Joins reports into what one run would have found: findings that several roots make of one line are told once, whichever
 * report they stand in. Throws a UsageError where shares are missing.
 * @param directory absolute path that the paths in the reports are relative to
 * @param failOn instead of what the runs were told
 */
export function mergeReports(
  reports: readonly ReadReport[],
  directory: string,
  sources: SourceCache,
  failOn: FailureThreshold = strictest(reports),
): MergedReports {
  checkShards(reports);
  const files = new ToldFiles(directory, reports.flatMap(allLocations), sources);
  const activeSuppressions = distinctRanges(reports.flatMap(({ merge }) => merge.activeSuppressions));
  const isActive = new Set(activeSuppressions.map(rangeKey));
  // A comment that silences nothing in one share may silence something in another.
  const told = reports
    .flatMap(({ findings }) => findings)
    .filter(({ rule, location }) => rule !== 'suppression-unused' || !isActive.has(rangeKey(location)));
  const findings = sortFindings(mergeFindings(told.map((finding) => toFinding(finding, files))));
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
    secrets: toldSecrets(reports, files, sources),
    exitCode: failed ? 2 : chooseExitCode({ findings, roots, crashes: [] }, failOn),
    failOn,
  };
  return { result, lost: files.lost };
}

/** Shares must be of one run, and all of them. Reports of whole runs may be joined as they are. */
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
  const asked = new Set(reports.map(({ merge }) => merge.failOn));
  return (['info', 'warning', 'error'] as const).find((each) => asked.has(each)) ?? 'never';
}

function allLocations({ findings, suppressed }: ReadReport): JsonLocation[] {
  return [...findings, ...suppressed].flatMap(({ location, related, fix }) => [
    location,
    ...related,
    ...(fix?.edits ?? []),
  ]);
}

function toFinding({ location, related, roots, fix, ...rest }: JsonFinding, files: ToldFiles): Finding {
  return {
    ...rest,
    ...dropUndefined({ fix: fix && toFix(fix, files) }),
    at: files.spanOf(location),
    related: related.map((other) => ({ at: files.spanOf(other), note: other.note })),
    roots: roots.map((path) => files.resolve(path)),
  };
}

/** A fix as the run has planned it, to be told in other formats. */
function toFix({ title, safe, edits, files: made }: JsonFix, files: ToldFiles): FindingFix {
  const changes: Change[] = [
    ...edits.map((edit): Change => ({ kind: 'edit', at: files.spanOf(edit), text: edit.text })),
    ...made.map(({ path, text }): Change => ({ kind: 'file', path: files.resolve(path), text })),
  ];
  return { title, safe, changes, subjects: [] };
}

function mergeSuppressed(reports: readonly ReadReport[], files: ToldFiles): SuppressedFinding[] {
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

/** Whole runs may have linted the same root; shares never have, but Flux may build several roots of one folder. */
function mergeRoots(reports: readonly ReadReport[], files: ToldFiles): LintedRoot[] {
  const seen = new Set<string>();
  const roots = reports.flatMap((report) => {
    const fresh = report.roots.filter(({ path, kind }) => report.merge.shard || !seen.has(`${kind} ${path}`));
    for (const { path, kind } of fresh) seen.add(`${kind} ${path}`);
    return fresh.map((root) => ({ ...root, path: files.resolve(root.path) }));
  });
  return sortRoots(roots);
}

function mergeSkipped(reports: readonly ReadReport[], files: ToldFiles): SkippedPath[] {
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

function mergeBaselines(reports: readonly ReadReport[], files: ToldFiles): BaselineOutcome | undefined {
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

/** What the runs knew to be secret, and what can be seen to be without building anything. */
function toldSecrets(reports: readonly ReadReport[], files: ToldFiles, sources: SourceCache): SecretPlaces {
  const ranges = distinctRanges(reports.flatMap(({ merge }) => merge.secrets));
  const told = groupBy(
    ranges.map((range) => files.spanOf(range)),
    ({ file }) => [file.path],
  );
  const seen = findSecretPlaces([], sources);
  return { within: (file) => [...(told.get(file.path) ?? []), ...seen.within(file)] };
}

function distinctRanges(ranges: readonly JsonRange[]): JsonRange[] {
  return [...new Map(ranges.map((range) => [rangeKey(range), range])).values()];
}

function rangeKey({ path, startOffset, endOffset }: JsonRange): string {
  return JSON.stringify([path, startOffset, endOffset]);
}

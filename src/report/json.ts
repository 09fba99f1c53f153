import { dropUndefined } from '../collections/drop-undefined.ts';
import type { Finding } from '../findings/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import type { Span } from '../source/span.ts';
import { compareText } from '../text/compare-text.ts';
import { displayPath } from './display-path.ts';
import { fingerprint } from './fingerprint.ts';
import { findEdits } from './fix-edits.ts';
import type { JsonFinding, JsonFix, JsonLocation, JsonMergeFacts, JsonRange, JsonReport } from './json-report.ts';
import { summarize } from './summary.ts';

/** Facts about the run for the machine-readable reports. */
export interface RunFacts {
  /** The folder that paths are relative to. */
  readonly base: string;
  /** The version of migrate-lint. */
  readonly version: string;
  /** The folder for the paths in fingerprints, the top of the repository. Default: `base`. */
  readonly top?: string;
}

/** The report as JSON, indented by two. */
export function writeJson(result: LintResult, facts: RunFacts): string {
  return `${JSON.stringify(toJsonReport(result, facts), null, 2)}\n`;
}

/** The report as a value. */
export function toJsonReport(result: LintResult, facts: RunFacts): JsonReport {
  const { base, version } = facts;
  return {
    version: 1,
    tool: { name: 'migrate-lint', version },
    findings: result.findings.map((finding) => describeFinding(finding, result, facts)),
    suppressed: result.suppressed.map(({ finding, reason }) => ({
      ...describeFinding(finding, result, facts),
      reason,
    })),
    roots: result.roots.map(({ path, kind, state, objects, releases }) => ({
      path: displayPath(path, base),
      kind,
      state,
      objects,
      releases,
    })),
    skipped: result.skipped.map(({ path, why }) => ({ path: displayPath(path, base), reason: why })),
    summary: { ...summarize(result), exitCode: result.exitCode },
    merge: describeMergeFacts(result, base),
  };
}

function describeMergeFacts(result: LintResult, base: string): JsonMergeFacts {
  const { shard, failOn, baseline, activeSuppressions, secrets, findings } = result;
  const files = new Set(
    findings.flatMap(({ at, related }) => [at, ...related.map((other) => other.at)]).map(({ file }) => file),
  );
  return {
    ...(shard === undefined ? {} : { shard }),
    failOn,
    ...(baseline === undefined
      ? {}
      : { baseline: { path: displayPath(baseline.path, base), known: baseline.known, stale: baseline.stale } }),
    activeSuppressions: describeRanges(activeSuppressions, base),
    secrets: describeRanges(
      [...files].flatMap((file) => secrets.within(file).map(({ start, end }) => ({ file, start, end }))),
      base,
    ),
  };
}

/** Sorted and without duplicates. */
function describeRanges(spans: readonly Span[], base: string): JsonRange[] {
  const ranges = spans.map(({ file, start, end }) => ({
    path: displayPath(file.path, base),
    startOffset: start,
    endOffset: end,
  }));
  const distinct = new Map(ranges.map((range) => [Object.values(range).join('\0'), range]));
  return [...distinct.values()].sort(
    (a, b) => compareText(a.path, b.path) || a.startOffset - b.startOffset || a.endOffset - b.endOffset,
  );
}

function describeFinding(finding: Finding, { secrets }: LintResult, { base, top = base }: RunFacts): JsonFinding {
  const { rule, severity, message, at, related, hint, object, field, reasons, roots } = finding;
  return {
    rule,
    severity,
    message,
    location: locate(at, base),
    related: related.map((other) => ({ ...locate(other.at, base), note: other.note })),
    ...dropUndefined({ hint, object, field, reasons }),
    ...describeFix(finding, base),
    roots: roots.map((path) => displayPath(path, base)),
    fingerprint: fingerprint(finding, secrets, top),
  };
}

function describeFix(finding: Finding, base: string): { readonly fix?: JsonFix } {
  const plan = findEdits(finding);
  if (finding.fix === undefined || plan === undefined) return {};
  const { title, safe } = finding.fix;
  const edits = plan.edits.map((edit) => ({ ...locate(edit, base), text: edit.text }));
  const files = plan.files.map(({ path, text }) => ({ path: displayPath(path, base), text }));
  return { fix: { title, safe, edits, files } };
}

function locate({ file, start, end }: Span, base: string): JsonLocation {
  const from = file.position(start);
  const to = file.position(end);
  return {
    path: displayPath(file.path, base),
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    startOffset: start,
    endOffset: end,
  };
}

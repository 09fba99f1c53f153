import type { Finding, ObjectReference, Severity } from '../lint/finding.ts';
import type { LintedRoot, LintResult } from '../lint/lint-result.ts';
import type { Span } from '../source/span.ts';
import { displayPath } from './display-path.ts';
import { type Summary, summarize } from './summary.ts';

/** The JSON report; its schema is schemas/report.schema.json. `version` goes up when a reader of the old one would break. */
export interface JsonReport {
  readonly version: 1;
  readonly tool: { readonly name: 'migrate-lint'; readonly version: string };
  readonly findings: readonly JsonFinding[];
  readonly roots: readonly JsonRoot[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly summary: Summary & { readonly exitCode: number };
}

export interface JsonFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly location: JsonLocation;
  readonly related: readonly (JsonLocation & { readonly note: string })[];
  readonly hint?: string;
  readonly object?: ObjectReference;
  readonly field?: string;
  readonly reasons?: readonly string[];
  readonly roots: readonly string[];
}

/** Lines and columns count from 1, columns and offsets in UTF-16 code units; the end is just behind the last one. */
export interface JsonLocation {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly startOffset: number;
  readonly endOffset: number;
}

export interface JsonRoot {
  readonly path: string;
  readonly kind: LintedRoot['kind'];
  readonly state: LintedRoot['state'];
  readonly objects: number;
  readonly releases: number;
}

/** What the machine-readable reports say of the run beside what it found. */
export interface RunFacts {
  /** The folder that paths are given relative to. */
  readonly base: string;
  /** The version of migrate-lint. */
  readonly version: string;
}

/** The report as JSON, indented by two. */
export function writeJson(result: LintResult, facts: RunFacts): string {
  return `${JSON.stringify(toJsonReport(result, facts), null, 2)}\n`;
}

/** The report as the value that is written as JSON. */
export function toJsonReport(result: LintResult, { base, version }: RunFacts): JsonReport {
  return {
    version: 1,
    tool: { name: 'migrate-lint', version },
    findings: result.findings.map((finding) => describeFinding(finding, base)),
    roots: result.roots.map(({ path, kind, state, objects, releases }) => ({
      path: displayPath(path, base),
      kind,
      state,
      objects,
      releases,
    })),
    skipped: result.skipped.map(({ path, why }) => ({ path: displayPath(path, base), reason: why })),
    summary: { ...summarize(result), exitCode: result.exitCode },
  };
}

function describeFinding(finding: Finding, base: string): JsonFinding {
  const { rule, severity, message, at, related, hint, object, field, reasons, roots } = finding;
  return {
    rule,
    severity,
    message,
    location: locate(at, base),
    related: related.map((other) => ({ ...locate(other.at, base), note: other.note })),
    ...(hint === undefined ? {} : { hint }),
    ...(object === undefined ? {} : { object }),
    ...(field === undefined ? {} : { field }),
    ...(reasons === undefined ? {} : { reasons }),
    roots: roots.map((path) => displayPath(path, base)),
  };
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

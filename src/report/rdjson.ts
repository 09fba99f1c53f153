import type { Finding, Severity } from '../findings/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import type { Span } from '../source/span.ts';
import { displayPath } from './display-path.ts';
import { findEdits } from './fix-edits.ts';
import { withHint } from './with-hint.ts';

const severities = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const satisfies Record<Severity, string>;

/**
 * The report in reviewdog's diagnostic format: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf. Its columns count
 * UTF-8 bytes.
 */
export function writeRdjson({ findings }: LintResult, base: string): string {
  const report = {
    source: { name: 'migrate-lint' },
    diagnostics: findings.map((finding) => describeFinding(finding, base)),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function describeFinding(finding: Finding, base: string) {
  const { rule, severity, at, related } = finding;
  return {
    message: withHint(finding),
    location: locate(at, base),
    severity: severities[severity],
    code: { value: rule },
    ...(related.length === 0
      ? {}
      : { related_locations: related.map((other) => ({ message: other.note, location: locate(other.at, base) })) }),
    ...describeFix(finding),
  };
}

/** The fix as suggestions. These can only change the diagnostic's own file, so other fixes are left out. */
function describeFix(finding: Finding) {
  const { edits = [], files = [] } = findEdits(finding) ?? {};
  if (edits.length === 0 || files.length > 0 || edits.some(({ file }) => file !== finding.at.file)) return {};
  return { suggestions: edits.map((edit) => ({ range: range(edit), text: edit.text })) };
}

function locate(span: Span, base: string) {
  return {
    path: displayPath(span.file.path, base),
    range: range(span),
  };
}

function range(span: Span) {
  return { start: position(span, span.start), end: position(span, span.end) };
}

function position({ file }: Span, offset: number) {
  const { line, column } = file.position(offset);
  return { line, column: Buffer.byteLength(file.text.slice(offset - column + 1, offset)) + 1 };
}

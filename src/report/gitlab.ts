import type { Finding, Severity } from '../findings/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import { displayPath } from './display-path.ts';
import { fingerprint } from './fingerprint.ts';
import { withHint } from './with-hint.ts';

const severities = { error: 'major', warning: 'minor', info: 'info' } as const satisfies Record<Severity, string>;

/**
 * The report as GitLab's Code Quality reads it: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
 * Paths should be relative to the repository. GitLab treats entries with the same fingerprint as one finding, so repeated
 * fingerprints get a number.
 */
export function writeGitlab({ findings, secrets }: LintResult, base: string): string {
  const seen = new Map<string, number>();
  const entries = findings.map((finding) => {
    const key = fingerprint(finding, secrets, base);
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return describeFinding(finding, base, before === 0 ? key : `${key}-${before}`);
  });
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function describeFinding(finding: Finding, base: string, key: string) {
  const { rule, severity, at } = finding;
  const begin = at.file.position(at.start);
  const end = at.file.position(at.end);
  return {
    type: 'issue',
    check_name: rule,
    description: withHint(finding),
    categories: ['Bug Risk'],
    severity: severities[severity],
    fingerprint: key,
    location: {
      path: displayPath(at.file.path, base),
      lines: { begin: begin.line, end: end.line },
    },
  };
}

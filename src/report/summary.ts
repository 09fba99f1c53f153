import type { Severity } from '../findings/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';

/** The counts of a run. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Findings that comments silenced. */
  readonly suppressed: number;
  /** Files that findings point to. */
  readonly files: number;
  readonly roots: number;
  readonly releases: number;
}

/** Counts the findings of a run. */
export function summarize({ findings, suppressed, roots }: LintResult): Summary {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    suppressed: suppressed.length,
    files: new Set(findings.map((finding) => finding.at.file.path)).size,
    roots: roots.length,
    releases: roots.reduce((sum, root) => sum + root.releases, 0),
  };
}

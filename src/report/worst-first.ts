import { type Finding, severities } from '../findings/finding.ts';

/** Findings by severity, the worst first; those of one severity stay in their order. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

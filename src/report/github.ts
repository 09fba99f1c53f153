import type { Finding } from '../lint/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import { displayPath } from './display-path.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * The report as GitHub Actions workflow commands, one line a finding and nothing besides. GitHub wants paths relative
 * to the repository, and takes columns only where a finding stays on one line.
 */
export function writeGithub({ findings }: LintResult, base: string): string {
  return findings.map((finding) => `${describeFinding(finding, base)}\n`).join('');
}

function describeFinding({ severity, rule, message, at, hint }: Finding, base: string): string {
  const start = at.file.position(at.start);
  const end = at.file.position(Math.max(at.start, at.end));
  const place: [string, string | number][] = [
    ['file', displayPath(at.file.path, base)],
    ['line', start.line],
    ['endLine', end.line],
  ];
  if (start.line === end.line) place.push(['col', start.column], ['endColumn', end.column]);
  place.push(['title', rule]);
  const properties = place.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  return `::${commands[severity]} ${properties}::${escapeData(hint === undefined ? message : `${message}\n${hint}`)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

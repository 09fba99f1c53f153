import type { Finding } from '../findings/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import { displayPath, displayPlace } from './display-path.ts';
import { escapeLines, escapeText } from './escape-text.ts';
import { withHint } from './with-hint.ts';

/**
 * The report as Azure Pipelines logging commands:
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#logissue-log-an-error-or-warning. They support
 * only errors and warnings, so an info becomes a plain line in the log.
 */
export function writeAzure({ findings }: LintResult, base: string): string {
  return findings.map((finding) => `${describeFinding(finding, base)}\n`).join('');
}

function describeFinding(finding: Finding, base: string): string {
  const { severity, rule, at, message } = finding;
  if (severity === 'info') return escapeText(`${displayPlace(at, base)}: info: ${message} [${rule}]`);
  const { line, column } = at.file.position(at.start);
  const properties = [
    ['type', severity],
    ['sourcepath', escapeLines(displayPath(at.file.path, base)).join('\n')],
    ['linenumber', line],
    ['columnnumber', column],
    ['code', rule],
  ].map(([name, value]) => `${name}=${escapeProperty(String(value))};`);
  return `##vso[task.logissue ${properties.join('')}]${escapeData(escapeLines(withHint(finding)).join('\n'))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
}

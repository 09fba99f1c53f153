import type { Severity } from '../findings/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import type { RuleDescription } from '../lint/rule-description.ts';
import { displayPath } from './display-path.ts';
import { withHint } from './with-hint.ts';

const severities = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const satisfies Record<Severity, string>;

/**
 * The report as TeamCity service messages, with an inspection type for each rule that has findings:
 * https://www.jetbrains.com/help/teamcity/service-messages.html#Reporting+Inspections.
 */
export function writeTeamcity({ findings }: LintResult, rules: readonly RuleDescription[], base: string): string {
  const found = new Set(findings.map(({ rule }) => rule));
  const types = rules
    .filter(({ id }) => found.has(id))
    .map(({ id, docs }) =>
      writeMessage('inspectionType', {
        id,
        name: id,
        category: 'migrate-lint',
        description: docs.summary,
      }),
    );
  const inspections = findings.map((finding) =>
    writeMessage('inspection', {
      typeId: finding.rule,
      message: withHint(finding),
      file: displayPath(finding.at.file.path, base),
      line: finding.at.file.position(finding.at.start).line,
      SEVERITY: severities[finding.severity],
    }),
  );
  return [...types, ...inspections].map((line) => `${line}\n`).join('');
}

function writeMessage(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}='${escapeValue(String(value))}'`);
  return `##teamcity[${name}${written.join('')}]`;
}

function escapeValue(text: string): string {
  return text
    .replace(/[|'[\]]/g, '|$&')
    .replaceAll('\n', '|n')
    .replaceAll('\r', '|r')
    .replace(/[^\u0020-\u007e]/g, (unit) => `|0x${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

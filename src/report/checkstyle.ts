import { groupBy } from '../collections/group-by.ts';
import type { Finding } from '../findings/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import { displayPath } from './display-path.ts';
import { withHint } from './with-hint.ts';
import { emptyTag, openTag } from './xml.ts';

/** The report in Checkstyle's XML format, which Jenkins, reviewdog and many others read. */
export function writeCheckstyle({ findings }: LintResult, base: string): string {
  const files = groupBy(findings, ({ at }) => [displayPath(at.file.path, base)]);
  const lines = [...files].flatMap(([name, ones]) => [
    `  ${openTag('file', { name })}`,
    ...ones.map((finding) => `    ${describeFinding(finding)}`),
    '  </file>',
  ]);
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  return `${[head, '<checkstyle version="4.3">', ...lines, '</checkstyle>'].join('\n')}\n`;
}

function describeFinding(finding: Finding): string {
  const { line, column } = finding.at.file.position(finding.at.start);
  const { severity, rule } = finding;
  return emptyTag('error', { line, column, severity, message: withHint(finding), source: `migrate-lint.${rule}` });
}

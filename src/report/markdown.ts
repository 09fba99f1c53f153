import type { Finding } from '../findings/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import { countOf } from './count.ts';
import { displayPath } from './display-path.ts';
import { escapeText } from './escape-text.ts';
import { plainPaint } from './paint.ts';
import { describeSummary } from './text.ts';
import { worstFirst } from './worst-first.ts';

/** Nobody reads a longer table. */
const mostRows = 200;

/** GitHub refuses a comment of more than 65,536 characters; something may be written around the table. */
const longestTable = 60_000;

/** A Markdown summary, worst findings first, for a job summary or a comment on a pull request. */
export function writeMarkdown(result: LintResult, base: string): string {
  const { findings, roots } = result;
  const blocks = [
    '## migrate-lint',
    roots.length === 0 && findings.length === 0
      ? 'Nothing was linted.'
      : describeSummary(result, { paint: plainPaint }),
  ];
  const sorted = worstFirst(findings);
  if (sorted.length > 0) {
    const rows = withinLength(sorted.slice(0, mostRows).map((finding) => describeFinding(finding, base)));
    blocks.push(['| | rule | location | finding |', '| --- | --- | --- | --- |', ...rows].join('\n'));
    if (sorted.length > rows.length) blocks.push(`${countOf(sorted.length - rows.length, 'more finding')}.`);
  }
  return `${blocks.join('\n\n')}\n`;
}

/** The first rows that fit into a comment. */
function withinLength(rows: readonly string[]): readonly string[] {
  let length = 0;
  const first = rows.findIndex((row) => {
    length += row.length + 1;
    return length > longestTable;
  });
  return first < 0 ? rows : rows.slice(0, first);
}

function describeFinding({ severity, rule, at, message, hint }: Finding, base: string): string {
  const place = `${displayPath(at.file.path, base)}:${at.file.position(at.start).line}`;
  const advice = hint === undefined ? '' : `<br>${escapeCell(hint)}`;
  return `| ${severity} | ${rule} | ${escapeCell(place)} | ${escapeCell(message)}${advice} |`;
}

/** Escapes markup, mentions and cell separators, but keeps code spans. */
function escapeCell(text: string): string {
  const lines = text.split('\n').map((line) =>
    escapeText(line)
      .split(/(`[^`]*`)/)
      .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\<>&*_[\]@#~]/g, escapeMarkup)))
      .join('')
      .replaceAll('|', '\\|'),
  );
  return lines.join('<br>');
}

function escapeMarkup(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

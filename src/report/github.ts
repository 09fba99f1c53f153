import { type Finding, severities } from '../findings/finding.ts';
import type { LintResult } from '../lint/lint-result.ts';
import { countOf } from './count.ts';
import { displayPath } from './display-path.ts';
import { escapeLines } from './escape-text.ts';
import { withHint } from './with-hint.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** GitHub shows at most this many annotations of each level per step, and silently drops the rest. */
const shownPerLevel = 10;

/**
 * The report as GitHub Actions workflow commands, worst first, with a line that counts those GitHub would not show. GitHub
 * expects paths relative to the repository, and accepts columns only for a finding on a single line.
 */
export function writeGithub({ findings }: LintResult, base: string): string {
  const lines = severities.flatMap((severity) => {
    const all = findings.filter((finding) => finding.severity === severity);
    const rest = all.length - shownPerLevel;
    return [
      ...all.slice(0, shownPerLevel).map((finding) => describeFinding(finding, base)),
      ...(rest > 0
        ? [`${countOf(rest, `more ${severity}`)} without an annotation: GitHub shows at most ${shownPerLevel}.`]
        : []),
    ];
  });
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Keeps GitHub from running commands in a log, whatever YAML it contains.
 * @param token a text that the author of the YAML cannot know
 */
export function withoutCommands(log: string, token: string): string {
  return log === '' ? '' : `::stop-commands::${token}\n${log}::${token}::\n`;
}

function describeFinding(finding: Finding, base: string): string {
  const { severity, rule, at } = finding;
  const start = at.file.position(at.start);
  const end = at.file.position(Math.max(at.start, at.end));
  const place: [string, string | number][] = [
    ['file', shownLines(displayPath(at.file.path, base))],
    ['line', start.line],
    ['endLine', end.line],
  ];
  if (start.line === end.line) place.push(['col', start.column], ['endColumn', end.column]);
  place.push(['title', rule]);
  const properties = place.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  return `::${commands[severity]} ${properties}::${escapeData(shownLines(withHint(finding)))}`;
}

/** Escapes control characters, except line breaks, which GitHub's own escapes handle. */
function shownLines(text: string): string {
  return escapeLines(text).join('\n');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

import { expect } from 'vitest';
import type { LintResult } from '../../src/lint/lint-result.ts';
import { ruleDescriptions } from '../../src/lint/rule-descriptions.ts';
import { writeAzure } from '../../src/report/azure.ts';
import { writeCheckstyle } from '../../src/report/checkstyle.ts';
import { withoutCommands, writeGithub } from '../../src/report/github.ts';
import { writeGitlab } from '../../src/report/gitlab.ts';
import { writeJson } from '../../src/report/json.ts';
import { writeJunit } from '../../src/report/junit.ts';
import { writeMarkdown } from '../../src/report/markdown.ts';
import { plainPaint } from '../../src/report/paint.ts';
import { writeRdjson } from '../../src/report/rdjson.ts';
import { toSarif } from '../../src/report/sarif.ts';
import { writeTeamcity } from '../../src/report/teamcity.ts';
import { writeText } from '../../src/report/text.ts';

/** What acts on a terminal, or reorders and hides text: all but line feeds. */
const acting = /[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/**
 * Writes a result in every format, and checks that text from the tree could not break out of its place in any: each line
 * of a log begins as the format has it, and what is to be parsed can be.
 */
export function writeEveryReport(result: LintResult, base: string): Readonly<Record<string, string>> {
  const facts = { base, version: '1.2.3' };
  const reports = {
    text: writeTextReport(result, base),
    json: writeJson(result, facts),
    sarif: JSON.stringify(toSarif(result, ruleDescriptions, facts)),
    github: writeGithub(result, base),
    gitlab: writeGitlab(result, base),
    junit: writeJunit(result, base),
    checkstyle: writeCheckstyle(result, base),
    rdjson: writeRdjson(result, base),
    azure: writeAzure(result, base),
    teamcity: writeTeamcity(result, ruleDescriptions, base),
    markdown: writeMarkdown(result, base),
  };
  for (const format of ['json', 'sarif', 'gitlab', 'rdjson'] as const) JSON.parse(reports[format]);
  for (const format of ['markdown', 'github', 'azure', 'teamcity'] as const)
    expect(reports[format]).not.toMatch(acting);
  expect(withoutCommands(reports.text, 'token').split('\n::token::').length).toBeLessThanOrEqual(2);
  expectLines(reports.github, /^::(?:error|warning|notice) file=[^:]*::|^\d+ more /);
  expectLines(reports.azure, /^##vso\[task\.logissue [^\]]*\]|^[^#]*: info: /);
  expectLines(reports.teamcity, /^##teamcity\[(?:[^|\]']|\|.|'(?:[^|']|\|.)*')*\]$/);
  for (const format of ['junit', 'checkstyle'] as const) expectXml(reports[format]);
  return reports;
}

/** The same for the text report alone, with everything that `--verbose` adds. */
export function writeTextReport(result: LintResult, base: string): string {
  const style = { base, paint: plainPaint, secrets: result.secrets, width: 100, verbose: true, summary: true };
  const text = writeText(result, style);
  expect(text).not.toMatch(acting);
  return text;
}

function expectLines(log: string, form: RegExp): void {
  for (const line of log.split('\n').slice(0, -1)) {
    expect(line).toMatch(form);
    expect(line).not.toMatch(/\r/);
  }
}

/** That it is well-formed is for a parser to say; here, that no character is in it that XML refuses or that opens a tag unasked. */
function expectXml(xml: string): void {
  expect(xml).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f]/);
  const outside = xml.replace(/<[?/]?[a-z]+(?: [a-z]+="[^"<]*")* ?[/?]?>/g, '');
  expect(outside).not.toMatch(/[<]/);
}

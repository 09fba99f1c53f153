import type { Finding } from '../findings/finding.ts';
import type { LintedRoot, LintResult } from '../lint/lint-result.ts';
import { displayPath, displayPlace } from './display-path.ts';
import { withHint } from './with-hint.ts';
import { emptyTag, escapeXml, openTag } from './xml.ts';

/**
 * The report as JUnit XML, as Jenkins, GitLab and Azure DevOps read it: a failed test case for each finding, and a passed one for
 * each root without findings, so that a clean run has results too.
 */
export function writeJunit(result: LintResult, base: string): string {
  const faulty = new Set(result.findings.flatMap(({ roots }) => roots));
  const clean = result.roots.filter(({ path }) => !faulty.has(path));
  const cases = [
    ...result.findings.map((finding) => describeFinding(finding, base)),
    ...clean.map((root) => describeRoot(root, base)),
  ];
  const counts = { tests: cases.length, failures: result.findings.length, errors: 0, time: 0 };
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    openTag('testsuites', counts),
    `  ${openTag('testsuite', { name: 'migrate-lint', ...counts, skipped: 0 })}`,
    ...cases.map((one) => `    ${one}`),
    '  </testsuite>',
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function describeFinding(finding: Finding, base: string): string {
  const { at, rule, severity, message } = finding;
  const place = displayPlace(at, base);
  const classname = displayPath(at.file.path, base);
  const head = openTag('testcase', { name: `${rule} at ${place}`, classname, time: 0 });
  const failure = openTag('failure', { message, type: severity });
  return `${head}${failure}${escapeXml(`${place}\n${withHint(finding)}`)}</failure></testcase>`;
}

function describeRoot({ path }: LintedRoot, base: string): string {
  const name = displayPath(path, base);
  return emptyTag('testcase', { name: `no findings in ${name}`, classname: name, time: 0 });
}

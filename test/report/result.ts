import type { Finding } from '../../src/findings/finding.ts';
import type { LintedRoot, LintResult } from '../../src/lint/lint-result.ts';
import type { SecretPlaces } from '../../src/lint/secrets/secret-places.ts';
import { plainPaint } from '../../src/report/paint.ts';
import type { TextStyle } from '../../src/report/text.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import type { Span } from '../../src/source/span.ts';

const noSecrets: SecretPlaces = { within: () => [] };

export const style: TextStyle = {
  base: '/w',
  paint: plainPaint,
  secrets: noSecrets,
  width: 100,
  verbose: false,
  summary: true,
};

/** The file's text, as `/w/<name>`. */
export function file(name: string, text: string): SourceFile {
  return new SourceFile(`/w/${name}`, text);
}

/** The first place of a text in a file, or the nth. */
export function spanOf(source: SourceFile, text: string, occurrence = 1): Span {
  let start = -1;
  for (let i = 0; i < occurrence; i++) start = source.text.indexOf(text, start + 1);
  if (start < 0) throw new Error(`no "${text}" in ${source.path}`);
  return { file: source, start, end: start + text.length };
}

export function finding(at: Span, rest: Partial<Finding> = {}): Finding {
  return {
    rule: 'wait-job-match',
    severity: 'error',
    message: 'Something is wrong.',
    at,
    related: [],
    roots: ['/w/k8s'],
    ...rest,
  };
}

export const oneRoot: LintedRoot = {
  path: '/w/k8s',
  kind: 'kustomization',
  state: 'built',
  objects: 4,
  releases: 1,
};

export function result(findings: readonly Finding[], rest: Partial<LintResult> = {}): LintResult {
  return {
    findings,
    suppressed: [],
    roots: [oneRoot],
    skipped: [],
    crashes: [],
    secrets: noSecrets,
    exitCode: findings.length > 0 ? 1 : 0,
    failOn: 'error',
    activeSuppressions: [],
    ...rest,
  };
}

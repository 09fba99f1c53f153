import { describe, expect, test } from 'vitest';
import type { LintResult } from '../../src/lint/lint-result.ts';
import { ruleDescriptions } from '../../src/lint/rule-descriptions.ts';
import { writeAzure } from '../../src/report/azure.ts';
import { writeCheckstyle } from '../../src/report/checkstyle.ts';
import { writeGithub } from '../../src/report/github.ts';
import { writeGitlab } from '../../src/report/gitlab.ts';
import { toJsonReport } from '../../src/report/json.ts';
import { writeJunit } from '../../src/report/junit.ts';
import { writeMarkdown } from '../../src/report/markdown.ts';
import { plainPaint } from '../../src/report/paint.ts';
import { writeRdjson } from '../../src/report/rdjson.ts';
import { toSarif } from '../../src/report/sarif.ts';
import { writeTeamcity } from '../../src/report/teamcity.ts';
import { writeText } from '../../src/report/text.ts';
import { run } from '../../src/run.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';

const facts = { base: '/w', version: '1.2.3' };

/** A kustomization whose one entry, behind characters of one to four bytes, names no file. */
const lines = ['# é', '{namePrefix: "é🐘移", resources: [missing.yaml]}', ''];
const lint = (content: string | Uint8Array, path = '/w/k/kustomization.yaml') =>
  run(['/w'], '/w', {}, memoryFileSystem({ '/w/.git/HEAD': '', [path]: content }));

/** The places that each format gives. */
function placesOf(result: LintResult) {
  const sarif = toSarif(result, ruleDescriptions, facts).runs[0];
  const json = toJsonReport(result, facts).findings[0]?.location;
  const style = { ...facts, paint: plainPaint, secrets: result.secrets, width: 100, verbose: false, summary: false };
  return {
    json: json && [json.line, json.column, json.endLine, json.endColumn, json.startOffset, json.endOffset],
    sarif: [sarif?.columnKind, sarif?.results?.[0]?.locations?.[0]?.physicalLocation?.region],
    rdjson: JSON.parse(writeRdjson(result, '/w')).diagnostics[0].location.range,
    gitlab: JSON.parse(writeGitlab(result, '/w'))[0].location.lines,
    github: /line=.*?(?=,title)/.exec(writeGithub(result, '/w'))?.[0],
    checkstyle: /line="\d+" column="\d+"/.exec(writeCheckstyle(result, '/w'))?.[0],
    junit: /at (.*?)"/.exec(writeJunit(result, '/w'))?.[1],
    teamcity: /file='.*?' line='\d+'/.exec(writeTeamcity(result, ruleDescriptions, '/w'))?.[0],
    markdown: /k\/kustomization.yaml:\d+/.exec(writeMarkdown(result, '/w'))?.[0],
    azure: /linenumber=\d+;columnnumber=\d+/.exec(writeAzure(result, '/w'))?.[0],
    text: /-->.*/.exec(writeText(result, style))?.[0],
  };
}

describe('a location is counted as each format does', () => {
  // Before `missing.yaml` there are 29 characters of ASCII, é, an elephant (two UTF-16 units) and 移.
  const column = 29 + 1 + 2 + 1 + 1;
  const bytes = 29 + 2 + 4 + 3 + 1;
  const expected = (breaks: number) => ({
    json: [2, column, 2, column + 12, 3 + breaks + column - 1, 3 + breaks + column + 11],
    sarif: ['utf16CodeUnits', { startLine: 2, startColumn: column, endLine: 2, endColumn: column + 12 }],
    rdjson: { start: { line: 2, column: bytes }, end: { line: 2, column: bytes + 12 } },
    gitlab: { begin: 2, end: 2 },
    github: `line=2,endLine=2,col=${column},endColumn=${column + 12}`,
    checkstyle: `line="2" column="${column}"`,
    // These two have no columns.
    teamcity: "file='k/kustomization.yaml' line='2'",
    markdown: 'k/kustomization.yaml:2',
    junit: `k/kustomization.yaml:2:${column}`,
    azure: `linenumber=2;columnnumber=${column}`,
    text: `--> k/kustomization.yaml:2:${column}`,
  });

  test.each([
    ['line feeds', lines.join('\n'), 1],
    ['carriage returns and line feeds', lines.join('\r\n'), 2],
    ['a byte-order mark, which is no character', `\ufeff${lines.join('\n')}`, 1],
    ['both', `\ufeff${lines.join('\r\n')}`, 2],
    ['UTF-16, little-endian', utf16(`\ufeff${lines.join('\r\n')}`), 2],
    ['UTF-16, big-endian', utf16(`\ufeff${lines.join('\n')}`).swap16(), 1],
  ])('%s', async (_, content, breaks) => {
    const result = await lint(content);
    expect(result.findings.map(({ message }) => message)).toEqual([
      '`missing.yaml` does not exist; create it or remove this entry.',
    ]);
    expect(placesOf(result)).toEqual(expected(breaks));
  });
});

const inUtf16 = 'it is UTF-16 without a byte-order mark, which kustomize cannot read; save it as UTF-8 in an editor';

test.each([
  ['UTF-16 without a mark', utf16(lines.join('\r\n').repeat(40)), inUtf16],
  ['UTF-16 without a mark, big-endian', utf16(lines.join('\n').repeat(40)).swap16(), inUtf16],
  ['binary, with a NUL at its start', new Uint8Array([0x61, 0, 0x01, 0]), 'it is a binary file, not YAML'],
  [
    'binary, with half a surrogate pair',
    new Uint8Array([0x61, 0, 0x00, 0xdc, 0x61, 0]),
    'it is a binary file, not YAML',
  ],
  ['UTF-8 with a NUL', new TextEncoder().encode('a: 1\n\0'), 'it is a binary file, not YAML'],
  ['Latin-1', new Uint8Array([0x61, 0xe9, 0x3a]), 'it is not UTF-8 text'],
])('%s is reported as what it is', async (_, bytes, message) => {
  const { findings } = await lint(bytes);
  expect(findings.map((finding) => finding.message)).toEqual([`Cannot read \`kustomization.yaml\`: ${message}.`]);
});

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

test('a backslash in a name is a character of it', async () => {
  const result = await lint(lines.join('\n'), '/w/a\\b c/kustomization.yaml');
  const place = toSarif(result, ruleDescriptions, facts).runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation;
  expect(place?.artifactLocation).toEqual({ uri: 'a%5Cb%20c/kustomization.yaml', uriBaseId: '%SRCROOT%' });
  expect(placesOf(result).text).toBe('--> a\\b c/kustomization.yaml:2:34');
});

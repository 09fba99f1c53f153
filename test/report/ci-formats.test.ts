import { describe, expect, test } from 'vitest';
import { writeAzure } from '../../src/report/azure.ts';
import { writeCheckstyle } from '../../src/report/checkstyle.ts';
import { withoutCommands, writeGithub } from '../../src/report/github.ts';
import { writeGitlab } from '../../src/report/gitlab.ts';
import { writeJunit } from '../../src/report/junit.ts';
import { writeMarkdown } from '../../src/report/markdown.ts';
import { writeRdjson } from '../../src/report/rdjson.ts';
import { toSarif } from '../../src/report/sarif.ts';
import { writeTeamcity } from '../../src/report/teamcity.ts';
import { file, finding, oneRoot, result, spanOf } from './result.ts';

const job = file('base/a & b.yaml', 'kind: Job\nmetadata: {é: 🐘-migration}\n');
const at = spanOf(job, '-migration');
const odd = finding(at, {
  message: 'A | "b" <c> [d] \'e\';\u0001 100% `x|y`.',
  hint: 'First\nsecond.',
  related: [{ at: spanOf(job, 'Job'), note: 'it is one' }],
});
const info = finding(spanOf(job, 'Job'), { severity: 'info', rule: 'job-force' });
const both = result([odd, info], { roots: [oneRoot, { ...oneRoot, path: '/w/clean' }] });
const none = result([]);
const nothing = result([], { roots: [] });
const docs = { summary: "It's odd", symptom: '', why: '', fix: '', links: [], since: '0.1.0' };
const rules = [
  { id: 'job-force', severity: 'error' as const, category: 'job' as const, docs },
  { id: 'wait-job-match', severity: 'error' as const, category: 'wait' as const, docs },
];

test('gitlab: what Code Quality asks for, and no fingerprint twice', () => {
  const entries = JSON.parse(writeGitlab(result([odd, info, { ...info }]), '/w'));
  expect(entries[0]).toMatchObject({
    check_name: 'wait-job-match',
    description: `${odd.message}\nFirst\nsecond.`,
    severity: 'major',
    location: { path: 'base/a & b.yaml', lines: { begin: 2, end: 2 } },
  });
  expect(entries.map(({ severity }: { severity: string }) => severity)).toEqual(['major', 'info', 'info']);
  expect(new Set(entries.map((one: { fingerprint: string }) => one.fingerprint)).size).toBe(3);
  expect(writeGitlab(none, '/w')).toBe('[]\n');
});

test('junit: a case for each finding and each clean root', () => {
  expect(writeJunit(both, '/w')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="2" errors="0" time="0">
  <testsuite name="migrate-lint" tests="3" failures="2" errors="0" time="0" skipped="0">
    <testcase name="wait-job-match at base/a &amp; b.yaml:2:17" classname="base/a &amp; b.yaml" time="0"><failure message="A | &quot;b&quot; &lt;c&gt; [d] 'e';\ufffd 100% \`x|y\`." type="error">base/a &amp; b.yaml:2:17&#10;A | &quot;b&quot; &lt;c&gt; [d] 'e';\ufffd 100% \`x|y\`.&#10;First&#10;second.</failure></testcase>
    <testcase name="job-force at base/a &amp; b.yaml:1:7" classname="base/a &amp; b.yaml" time="0"><failure message="Something is wrong." type="info">base/a &amp; b.yaml:1:7&#10;Something is wrong.</failure></testcase>
    <testcase name="no findings in clean" classname="clean" time="0"/>
  </testsuite>
</testsuites>
`);
  expect(writeJunit(nothing, '/w')).toContain('<testsuite name="migrate-lint" tests="0"');
});

test('checkstyle: findings by file', () => {
  expect(writeCheckstyle(both, '/w')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
  <file name="base/a &amp; b.yaml">
    <error line="2" column="17" severity="error" message="A | &quot;b&quot; &lt;c&gt; [d] 'e';\ufffd 100% \`x|y\`.&#10;First&#10;second." source="migrate-lint.wait-job-match"/>
    <error line="1" column="7" severity="info" message="Something is wrong." source="migrate-lint.job-force"/>
  </file>
</checkstyle>
`);
  expect(writeCheckstyle(none, '/w')).toMatch(/<checkstyle version="4.3">\n<\/checkstyle>\n$/);
});

test('rdjson: columns in bytes', () => {
  expect(JSON.parse(writeRdjson(both, '/w')).diagnostics).toMatchObject([
    {
      location: { path: 'base/a & b.yaml', range: { start: { line: 2, column: 20 }, end: { line: 2, column: 30 } } },
      severity: 'ERROR',
      code: { value: 'wait-job-match' },
      related_locations: [{ message: 'it is one', location: { range: { start: { line: 1, column: 7 } } } }],
    },
    { severity: 'INFO' },
  ]);
  expect(JSON.parse(writeRdjson(none, '/w'))).toEqual({ source: { name: 'migrate-lint' }, diagnostics: [] });
});

test('azure: logging commands, and a line for what Azure has no level for', () => {
  const strange = finding(spanOf(file('a;b].yaml', 'a: b'), 'b'), { severity: 'warning' });
  expect(writeAzure(result([odd, strange, info]), '/w').split('\n')).toEqual([
    '##vso[task.logissue type=error;sourcepath=base/a & b.yaml;linenumber=2;columnnumber=17;code=wait-job-match;]A | "b" <c> [d] \'e\';\\u0001 100%AZP25 `x|y`.%0AFirst%0Asecond.',
    '##vso[task.logissue type=warning;sourcepath=a%3Bb%5D.yaml;linenumber=1;columnnumber=4;code=wait-job-match;]Something is wrong.',
    'base/a & b.yaml:1:7: info: Something is wrong. [job-force]',
    '',
  ]);
  expect(writeAzure(none, '/w')).toBe('');
});

test('teamcity: service messages', () => {
  expect(writeTeamcity(both, rules, '/w').split('\n')).toEqual([
    "##teamcity[inspectionType id='job-force' name='job-force' category='migrate-lint' description='It|'s odd']",
    "##teamcity[inspectionType id='wait-job-match' name='wait-job-match' category='migrate-lint' description='It|'s odd']",
    "##teamcity[inspection typeId='wait-job-match' message='A || \"b\" <c> |[d|] |'e|';|0x0001 100% `x||y`.|nFirst|nsecond.' file='base/a & b.yaml' line='2' SEVERITY='ERROR']",
    "##teamcity[inspection typeId='job-force' message='Something is wrong.' file='base/a & b.yaml' line='1' SEVERITY='INFO']",
    '',
  ]);
  expect(writeTeamcity(none, rules, '/w')).toBe('');
});

test('markdown: a table that no text breaks out of', () => {
  expect(writeMarkdown(both, '/w')).toBe(`## migrate-lint

Found 1 error and 1 info in 1 file (2 roots).

| | rule | location | finding |
| --- | --- | --- | --- |
| error | wait-job-match | base/a &#38; b.yaml:2 | A \\| "b" &#60;c&#62; &#91;d&#93; 'e';&#92;u0001 100% \`x\\|y\`.<br>First<br>second. |
| info | job-force | base/a &#38; b.yaml:1 | Something is wrong. |
`);
  expect(writeMarkdown(none, '/w')).toBe('## migrate-lint\n\nNo problems found (1 root, 1 release).\n');
  expect(writeMarkdown(nothing, '/w')).toBe('## migrate-lint\n\nNothing was linted.\n');
  expect(writeMarkdown(result(Array.from({ length: 203 }, () => info)), '/w')).toMatch(/\n\n3 more findings\.\n$/);
  const long = { ...info, message: 'a'.repeat(1000) };
  const comment = writeMarkdown(result(Array.from({ length: 100 }, () => long)), '/w');
  expect(comment.length).toBeLessThan(65_536);
  expect(comment.match(/^\| info /gm)).toHaveLength(57);
  expect(comment).toMatch(/\n\n43 more findings\.\n$/);
});

describe('github', () => {
  test('the worst first, ten of each level, and the rest counted', () => {
    const many = result([...Array.from({ length: 12 }, () => info), ...Array.from({ length: 11 }, () => odd)]);
    const lines = writeGithub(many, '/w').split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      ...Array.from({ length: 10 }, () => '::error'),
      '1',
      ...Array.from({ length: 10 }, () => '::notice'),
      '2',
      '',
    ]);
    expect(lines[10]).toBe('1 more error without an annotation: GitHub shows at most 10.');
  });

  test('a log is no command', () => {
    expect(withoutCommands('::error::x\n', 'token')).toBe('::stop-commands::token\n::error::x\n::token::\n');
    expect(withoutCommands('', 'token')).toBe('');
  });
});

describe('sarif', () => {
  const facts = { base: '/w', version: '1.2.3' };

  test('the steps of a finding are a path that ends at it', () => {
    const [first, second] = toSarif(both, rules, facts).runs[0]?.results ?? [];
    const steps = first?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    expect(steps.map(({ location }) => location?.message?.text)).toEqual(['it is one', odd.message]);
    expect(second).not.toHaveProperty('codeFlows');
  });

  test('stays within the upload limit, and mentions the rest', () => {
    const many = [...Array.from({ length: 25_001 }, () => info), odd];
    const [run] = toSarif(result(many), rules, facts).runs;
    expect(run?.results).toHaveLength(25_000);
    expect(run?.results?.[0]?.level).toBe('error');
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toMatch(/; 2 more were left out/);
  });

  test('ranks rules as GitHub does', () => {
    expect(toSarif(none, rules, facts).runs[0]?.tool.driver.rules?.[0]?.properties).toMatchObject({
      'problem.severity': 'error',
      precision: 'high',
    });
  });
});

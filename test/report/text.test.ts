import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { loadColours } from '../../src/report/paint.ts';
import { writeText } from '../../src/report/text.ts';
import { file, finding, oneRoot, result, spanOf, style } from './result.ts';

const deployment = file(
  'base/deployment.yaml',
  [
    'spec:',
    '  initContainers:',
    '    - name: wait',
    '      args:',
    '        - job-wr',
    '        - app-migration',
    '',
  ].join('\n'),
);
const overlay = file('overlays/staging/kustomization.yaml', 'resources:\n  - ../../base\nnamePrefix: staging-\n');
const waits = finding(spanOf(deployment, 'app-migration'), {
  message: 'Deployment staging-app waits for the Job "app-migration", which this build calls "staging-app-migration".',
  related: [{ at: spanOf(overlay, 'staging-'), note: 'prefix added to the Job here' }],
  hint: 'Let a replacement write the name:\nreplacements:\n  - source: {kind: Job}',
  roots: ['/w/overlays/production', '/w/overlays/staging'],
  reasons: ['Deployment staging-app: its init container wait runs k8s-wait-for'],
});
const tooMany = finding(spanOf(deployment, 'job-wr'), {
  rule: 'job-backoff-limit',
  severity: 'warning',
  message: 'Less bad.',
  roots: ['/w/overlays/staging'],
});
const roots = ['production', 'staging'].map((name) => ({ ...oneRoot, path: `/w/overlays/${name}` }));

describe('writeText', () => {
  test('a finding with its frame, help and roots, and the summary', () => {
    expect(writeText(result([tooMany, waits], { roots }), style)).toBe(`\
warning[job-backoff-limit]: Less bad.
 --> base/deployment.yaml:5:11
  |
5 |         - job-wr
  |           ^^^^^^
  |
  = note: in overlays/staging

error[wait-job-match]: Deployment staging-app waits for the Job "app-migration", which this build calls "staging-app-migration".
 --> base/deployment.yaml:6:11
  |
6 |         - app-migration
  |           ^^^^^^^^^^^^^
  |
 ::: overlays/staging/kustomization.yaml:3:13
  |
3 | namePrefix: staging-
  |             -------- prefix added to the Job here
  |
  = help: Let a replacement write the name:
          replacements:
            - source: {kind: Job}
  = note: in overlays/production and overlays/staging

Found 1 error and 1 warning in 1 file (2 roots).
More about a rule: migrate-lint explain job-backoff-limit
`);
  });

  test('shows reasons and the scope with --verbose, and no roots if there is only one', () => {
    const skipped = [
      { path: '/w/components/x', why: 'is a Component that no kustomization here includes', named: false },
    ];
    const one = { ...waits, roots: ['/w/k8s'], related: [], hint: 'Rename it.' };
    expect(writeText(result([one], { skipped }), { ...style, verbose: true })).toBe(`\
error[wait-job-match]: Deployment staging-app waits for the Job "app-migration", which this build calls "staging-app-migration".
 --> base/deployment.yaml:6:11
  |
6 |         - app-migration
  |           ^^^^^^^^^^^^^
  |
  = help: Rename it.
  = note: Deployment staging-app: its init container wait runs k8s-wait-for

Linted:
  k8s (kustomization): 4 objects, 1 release

Skipped:
  components/x is a Component that no kustomization here includes

Found 1 error in 1 file (1 root).
More about a rule: migrate-lint explain wait-job-match
`);
  });

  test('a clean tree, suppressions, and nothing at all', () => {
    expect(writeText(result([]), style)).toBe('No problems found (1 root, 1 release).\n');
    const suppressed = [{ finding: waits, reason: 'known' }];
    expect(writeText(result([], { suppressed, roots }), style)).toBe(
      'No problems found (2 roots, 2 releases, 1 suppressed).\n',
    );
    expect(writeText(result([], { roots: [] }), style)).toBe('');
    expect(writeText(result([]), { ...style, summary: false })).toBe('');
  });

  test('of many roots the first, unless all are asked for', () => {
    const paths = Array.from({ length: 7 }, (_, index) => `/w/overlays/${index}`);
    const rootsShown = (count: number, verbose = false) => {
      const found = { ...tooMany, roots: paths.slice(0, count) };
      return /note: in (.*)/.exec(writeText(result([found], { roots }), { ...style, verbose }))?.[1];
    };
    expect(rootsShown(5)).toBe('overlays/0, overlays/1, overlays/2, overlays/3 and overlays/4');
    expect(rootsShown(7)).toBe('overlays/0, overlays/1, overlays/2, overlays/3 and 3 more');
    expect(rootsShown(7, true)).toMatch(/^overlays\/0.* and overlays\/6$/);
  });

  test('of many findings, how to begin', () => {
    const advice = /\nTo work through them step by step: --max-findings 20 .*\nMore about a rule: /;
    expect(writeText(result(Array.from({ length: 100 }, () => tooMany)), style)).not.toMatch(advice);
    const many = result(Array.from({ length: 101 }, () => tooMany));
    expect(writeText(many, style)).toMatch(advice);
    expect(writeText(many, { ...style, limit: 20 })).not.toMatch(advice);
  });

  test('counts the fixes that can be made', () => {
    const withFix = (from: string, safe: boolean): Finding => ({
      ...tooMany,
      fix: { title: 'Wait', safe, changes: [{ kind: 'set', at: tooMany.at, from, to: 'job-we' }], subjects: [] },
    });
    const lastLines = (...findings: Finding[]) => writeText(result(findings), style).split('\n').slice(-3, -2);
    expect(lastLines(withFix('job-wr', true), withFix('job-wr', false), tooMany)).toEqual([
      '1 fixable with --fix, 1 more with --fix=all.',
    ]);
    expect(lastLines(withFix('job-wr', true), withFix('another value', false))).toEqual(['1 fixable with --fix.']);
    expect(writeText(result([withFix('another value', true)]), style)).not.toContain('fixable');
  });

  test('a tree without a migration, unless it may be in another part', () => {
    const bare = { ...oneRoot, releases: 0 };
    const advice =
      'No migration Job was recognised. If there is one, name it in migrate-lint.yaml: `migrations: {jobs: [NAME]}`.\n';
    expect(writeText(result([], { roots: [bare] }), style)).toBe(`No problems found (1 root, 0 releases).\n${advice}`);
    expect(writeText(result([], { roots: [bare, oneRoot] }), style)).not.toContain(advice);
    expect(writeText(result([], { roots: [{ ...bare, state: 'incomplete' }] }), style)).not.toContain(advice);
    expect(writeText(result([], { roots: [bare], shard: { index: 1, count: 2 } }), style)).not.toContain(advice);
    expect(writeText(result([waits], { roots: [bare] }), style)).not.toContain(advice);
  });

  test('escapes what came from the files', () => {
    const hostile = { ...tooMany, message: 'name "\u001b[2J\n\u202e" is bad', hint: 'not \u0007 this' };
    const text = writeText(result([hostile]), style);
    expect(text).toContain('warning[job-backoff-limit]: name "\\u001b[2J\\n\\u202e" is bad\n');
    expect(text).toContain('  = help: not \\u0007 this\n');
  });

  test('colours', async () => {
    const text = writeText(result([waits], { roots }), { ...style, paint: await loadColours() });
    const lines = text.split('\n').map((line) => JSON.stringify(line).replaceAll('\\u001b', 'ESC'));
    expect(lines.slice(0, 6)).toMatchInlineSnapshot(`
      [
        ""ESC[31mESC[1merror[wait-job-match]ESC[22mESC[39mESC[1m: Deployment staging-app waits for the Job \\"app-migration\\", which this build calls \\"staging-app-migration\\".ESC[22m"",
        ""ESC[34m -->ESC[39m base/deployment.yaml:6:11"",
        ""ESC[34m  |ESC[39m"",
        ""ESC[34m6 |ESC[39m         - app-migration"",
        ""ESC[34m  |ESC[39m           ESC[31mESC[1m^^^^^^^^^^^^^ESC[22mESC[39m"",
        ""ESC[34m  |ESC[39m"",
      ]
    `);
    expect(text.replaceAll(/\u001b\[\d+m/g, '')).toBe(writeText(result([waits], { roots }), style));
  });
});

import { describe, expect, test } from 'vitest';
import { withoutCommands } from '../../src/report/github.ts';
import { run } from '../../src/run.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { writeEveryReport } from './every-report.ts';

const hostile = [
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007',
  '\u009b2J\u0085',
  'a\u202eb\u2066c\u200bd\ufeff',
  'a\n::error file=x::owned',
  'a\r\n::set-output name=x::owned',
  'a\r::warning::owned',
  '  \n   ::stop-commands::x',
  '%0A::error::owned%25',
  '\n##vso[task.setvariable variable=x]owned',
  "']\n##teamcity[buildStatus status='SUCCESS']",
  "|n|']|",
  '</failure></testcase><evil a="',
  ']]><!--&#10;&lt;',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '`</td><script>` | [x](javascript:alert(1)) | @somebody #1',
  '```\n# heading\n',
  '=HYPERLINK("https://example.com","x")',
  '","severity":"info","x":"',
  '../../../../etc/passwd',
  '\ud800\udc00\ud800',
  'x'.repeat(20_000),
];

/** A service with several faults, whose messages all quote text from the tree. */
function faultyTree(text: string): Record<string, string> {
  const quoted = (before: string, after = '') =>
    JSON.stringify(before + text + after).replace(
      /[^ -~]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  const job = `apiVersion: batch/v1
kind: Job
metadata: {name: ${quoted('shop-migration-')}, annotations: {helm.sh/hook: ${quoted('pre-')}, kustomize.toolkit.fluxcd.io/force: ${quoted('x')}}}
spec:
  backoffLimit: 3
  template:
    spec:
      restartPolicy: OnFailure
      containers:
        - {name: ${quoted('migrate')}, image: ${quoted('shop-migration:')}, command: [npx, prisma, migrate, deploy, ${quoted('--')}]}
        - {name: ${quoted('proxy')}, image: ${quoted('envoy:')}}
`;
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${quoted('shop')}, namespace: ${quoted('ns')}}
spec:
  template:
    spec:
      serviceAccountName: ${quoted('account')}
      initContainers:
        - {name: ${quoted('wait')}, image: "groundnuty/k8s-wait-for:v2.0", args: [job, ${quoted('shop-migration-', '-old')}]}
      containers:
        - name: ${quoted('shop')}
          image: ${quoted('shop:')}
          env: [{name: ${quoted('A')}, valueFrom: {configMapKeyRef: {name: ${quoted('settings')}, key: ${quoted('k')}}}}]
`;
  const kustomization = `resources: [job.yaml, deployment.yaml, ${quoted('missing-')}]\n`;
  const replacing = `resources: [job.yaml, deployment.yaml]
replacements:
- source: {kind: Job, fieldPath: metadata.name}
  targets: [{select: {kind: ${quoted('Nothing')}}, fieldPaths: [${quoted('spec.')}]}]
`;
  return {
    'a/kustomization.yaml': kustomization,
    'b/kustomization.yaml': replacing,
    'b/job.yaml': job,
    'b/deployment.yaml': deployment,
    'c/job.yaml': job,
    'c/deployment.yaml': deployment,
    'd/m.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n${JSON.stringify(text)}: [\n`,
    'e/kustomization.yaml': `resources: []\n${quoted('unknown')}: 1\n`,
  };
}

describe('text from a tree stays in its place, in every format', () => {
  const contents = hostile.map((text) => [JSON.stringify(text).slice(0, 40), text] as const);

  // YAML has no way to write half a pair of surrogates.
  test.each(contents.filter(([, text]) => !/\p{Cs}/u.test(text)))('as a name: %s', async (_, text) => {
    const files = Object.fromEntries(Object.entries(faultyTree(text)).map(([path, file]) => [`/w/k8s/${path}`, file]));
    const result = await run(['/w'], '/w', { preset: 'strict' }, memoryFileSystem({ ...files, '/w/.git/HEAD': '' }));
    expect(result.crashes).toEqual([]);
    expect(new Set(result.findings.map(({ rule }) => rule)).size).toBeGreaterThan(5);
    checkReports(writeEveryReport(result, '/w'), result.findings.length);
  });

  test.each(contents)('as the name of a file and a folder: %s', async (_, text) => {
    const name = text.replaceAll('/', '_').slice(0, 200);
    const entries = Object.entries(faultyTree('x')).flatMap(([path, file]) => [
      [`/w/${name}/${path}`, file],
      [`/w/m/${name}.yaml`, file],
    ]);
    const result = await run(
      ['/w'],
      '/w',
      {},
      memoryFileSystem({ ...Object.fromEntries(entries), '/w/.git/HEAD': '' }),
    );
    expect(result.crashes).toEqual([]);
    expect(result.findings.length).toBeGreaterThan(5);
    checkReports(writeEveryReport(result, '/w'), result.findings.length);
  });
});

function checkReports(reports: Readonly<Record<string, string>>, findings: number): void {
  const { text = '', markdown = '', github = '', azure = '', teamcity = '', junit = '', checkstyle = '' } = reports;
  // A runner takes a line for a command whatever blanks stand before it, where nobody has stopped it.
  expect(text).not.toMatch(/^\s*(?:::(?!: )|##)/m);
  expect(withoutCommands(text, 'token').startsWith('::stop-commands::token\n')).toBe(true);
  expect(github).not.toMatch(/^\s*::(?!error |warning |notice )/m);
  expect(azure.split('\n')).toHaveLength(findings + 1);
  expect(teamcity.match(/^##teamcity\[inspection /gm)).toHaveLength(findings);
  expect(junit.match(/<failure /g)).toHaveLength(findings);
  expect(checkstyle.match(/<error /g)).toHaveLength(findings);
  const rows = markdown.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
  for (const row of rows) {
    expect(row.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(5);
    expect(row.replace(/`[^`]*`/g, '').replaceAll('<br>', '')).not.toMatch(/[<>@[\]]/);
  }
  const more = Number(/^(\d+) more findings?\.$/m.exec(markdown)?.[1] ?? 0);
  expect(rows.length - 1 + more).toBe(findings);
}

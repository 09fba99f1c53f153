import { describe, expect, test } from 'vitest';
import { mergeReports } from '../../src/merge/merge-reports.ts';
import { readReport } from '../../src/merge/read-report.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { retriedJob } from '../support/manifests.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { createWorkspace } from '../support/workspace.ts';

const job = (name: string) => retriedJob(`${name}-migration-v1`);

const workspace = createWorkspace(
  Object.fromEntries(
    ['a', 'b', 'c'].flatMap((name) => [
      [`k8s/${name}/kustomization.yaml`, 'resources: [job.yaml]\n'],
      [`k8s/${name}/job.yaml`, job(name)],
    ]),
  ),
);
const run = (...args: string[]) => workspace.run(args);
const runHere = (...args: string[]) => workspace.runHere(args);

describe('the commands', () => {
  const share = (index: number) => ['k8s', '--shard', `${index}/2`, '--format', 'json', '--output', `${index}.json`];

  test('--shard and merge report what one run reports', () => {
    const whole = run('k8s');
    expect(whole.code).toBe(1);
    for (const index of [1, 2]) expect(run(...share(index)).code).toBe(1);
    expect(run('merge', '1.json', '2.json')).toEqual(whole);
    expect(run('merge', '*.json', '--format', 'gitlab').out).toBe(run('k8s', '--format', 'gitlab').out);
    expect(run('merge', '1.json', '2.json', '--fail-on', 'never').code).toBe(0);
    const { out, code } = run(
      'merge',
      '1.json',
      '2.json',
      '--report',
      'sarif=out.sarif',
      '--quiet',
      '--max-findings',
      '1',
    );
    expect(code).toBe(1);
    expect(out).toMatch(/more findings? not shown\.\n$/);
  });

  test('an empty share is no error', async () => {
    expect(await runHere('k8s', '--shard', '4/4')).toMatchObject({ code: 0, err: '' });
  });

  test('a share that is missing, or given twice, is refused', async () => {
    for (const index of [1, 2]) await runHere(...share(index));
    expect(await runHere('merge', '1.json')).toMatchObject({
      code: 2,
      err: 'error: The report of share 2/2 is missing, so part of the run is unknown.\n',
    });
    expect((await runHere('merge', '1.json', '2.json', '1.json')).err).toBe('error: Share 1/2 is given twice.\n');
    await runHere('k8s/a', '--format', 'json', '--output', 'a.json');
    expect((await runHere('merge', '1.json', '2.json', 'a.json')).err).toContain('are not from one run');
  });

  test('reports of whole runs can be joined too', async () => {
    for (const name of ['a', 'b', 'c']) await runHere(`k8s/${name}`, '--format', 'json', '--output', `${name}.json`);
    expect((await runHere('merge', 'a.json', 'b.json', 'c.json', 'a.json')).out).toBe((await runHere('k8s')).out);
  });

  test('files that have changed since are listed, and their text is not shown', async () => {
    for (const index of [1, 2]) await runHere(...share(index));
    workspace.write({ 'k8s/a/job.yaml': `# changed\n${job('a')}` });
    const { out, err } = await runHere('merge', '1.json', '2.json');
    expect(err).toBe(
      'Shown without source lines: k8s/a/job.yaml, missing here or changed since. Run merge in the folder and commit that was linted.\n',
    );
    expect(out).toMatch(/ --> k8s\/a\/job\.yaml:\d+:\d+\n[^|]*$/m);
  });

  test('what makes no sense with a share is refused', async () => {
    expect(await runHere('k8s', '--shard', '1/2', '--write-baseline')).toMatchObject({ code: 2 });
    expect((await runHere('k8s', '--shard', '3/2')).err).toContain('Write it as 3/8');
    expect((await runHere('merge', 'k8s/a/job.yaml')).err).toContain(
      'job.yaml is not a JSON report by this version of migrate-lint',
    );
    expect((await runHere('merge', 'k8s')).err).toContain('k8s is not a file.');
  });
});

describe('a report from somebody else', () => {
  test('is refused where anything in it is not what the schema says', async () => {
    const good = (await runHere('k8s', '--format', 'json')).out;
    const paths = fieldsOf(JSON.parse(good));
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) {
      for (const value of [null, {}, -1, true]) {
        const report: unknown = JSON.parse(good);
        let at = report as Record<string, unknown>;
        for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>;
        at[path.at(-1) ?? ''] = value;
        try {
          readReport(JSON.stringify(report), 'r.json');
        } catch (error) {
          expect(String(error)).toMatch(/^UsageError: r\.json is not a JSON report by this version of migrate-lint/);
        }
      }
    }
  });

  test('leads to no file outside of the repository', () => {
    const system = memoryFileSystem({ '/secret': 'a: hush-hush\n', '/w/.git/HEAD': '' });
    const location = {
      path: '../secret',
      line: 1,
      column: 4,
      endLine: 1,
      endColumn: 13,
      startOffset: 3,
      endOffset: 12,
    };
    const finding = { rule: 'x', severity: 'error', message: 'x', location, related: [], roots: [], fingerprint: '' };
    const merge = { failOn: 'error', activeSuppressions: [], secrets: [] };
    const report = { findings: [finding], suppressed: [], roots: [], skipped: [], summary: { exitCode: 1 }, merge };
    const confined = { ...system, isOutside: (path: string) => !path.startsWith('/w/') };
    const { result, lost } = mergeReports([readReport(JSON.stringify(report), 'r')], '/w', new SourceCache(confined));
    expect(lost).toEqual(['../secret']);
    expect(result.findings[0]?.at.file.text).toBe('');
    expect(result.findings[0]?.at.file.position(3)).toEqual({ line: 1, column: 4 });
  });
});

/** The paths to all values inside a value, of lists only to the first item. */
function fieldsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? Object.entries(value).slice(0, 1) : Object.entries(value);
  return entries.flatMap(([name, inner]) => [[name], ...fieldsOf(inner).map((path) => [name, ...path])]);
}

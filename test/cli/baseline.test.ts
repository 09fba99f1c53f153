import { expect, test } from 'vitest';
import { retriedJob } from '../support/manifests.ts';
import { createWorkspace } from '../support/workspace.ts';

const job = (limit: number) => retriedJob('shop-migration-v1', limit);
const overlay = (name: string) => `resources: [../../base]\nnamePrefix: ${name}-\n`;
const workspace = createWorkspace({
  'migrate-lint.yaml': 'rules: {job-force: off, job-name-version: off}\n',
  'base/kustomization.yaml': 'resources: [job.yaml]\n',
  'base/job.yaml': job(3),
  'overlays/b/kustomization.yaml': overlay('b'),
});

const run = (...args: string[]) => workspace.run(args);
const runHere = (...args: string[]) => workspace.runHere(args);

test('what is known is left out, wherever its line has moved to', () => {
  expect(run('--write-baseline')).toEqual({
    code: 0,
    out: '',
    err: 'Wrote 1 known finding to migrate-lint-baseline.json. Name it in the settings (`baseline: migrate-lint-baseline.json`), or pass --baseline migrate-lint-baseline.json.\n',
  });
  expect(JSON.parse(workspace.read('migrate-lint-baseline.json'))).toEqual({
    version: 1,
    findings: [
      {
        rule: 'job-backoff-limit',
        object: 'Job/b-shop-migration-*',
        field: 'spec.backoffLimit',
        root: 'overlays/b',
      },
    ],
  });
  workspace.write({ 'base/job.yaml': `# moved\n\n${job(4)}` });
  expect(run('--baseline', 'migrate-lint-baseline.json')).toEqual({
    code: 0,
    out: 'No problems found (1 root, 1 release, 1 in the baseline).\n',
    err: '',
  });
});

test('the next release is still known', async () => {
  const releases = [
    ['v1.4.0', 'v1.5.0-rc.1'],
    ['1', '2'],
    ['3f2a9c1', '4b1d0e7'],
  ] as const;
  for (const [before, after] of releases) {
    workspace.write({ 'base/job.yaml': retriedJob(`shop-1-migration-${before}`, 3) });
    await runHere('--write-baseline');
    workspace.write({ 'base/job.yaml': retriedJob(`shop-1-migration-${after}`, 3) });
    expect(await runHere('--baseline', 'migrate-lint-baseline.json')).toEqual({
      code: 0,
      out: 'No problems found (1 root, 1 release, 1 in the baseline).\n',
      err: '',
    });
  }
});

test('what is new is reported, for the roots that are', async () => {
  await runHere('--write-baseline', '--baseline', 'known.json');
  workspace.write({ 'overlays/a/kustomization.yaml': overlay('a') });
  const { code, out } = await runHere('--baseline', 'known.json');
  expect(code).toBe(1);
  expect(out).toContain('Job `a-shop-migration-v1`');
  expect(out).toContain('note: in overlays/a\n');
  expect(out).toContain('(2 roots, 1 in the baseline)');
});

test('stale entries are listed', async () => {
  await runHere('--write-baseline', 'overlays/b');
  workspace.write({ 'base/job.yaml': job(0) });
  expect(await runHere('overlays/b', '--baseline', 'migrate-lint-baseline.json')).toEqual({
    code: 0,
    out: 'No problems found (1 root, 1 release).\n',
    err: 'migrate-lint-baseline.json lists findings that are gone; update it with --write-baseline:\n  job-backoff-limit: Job/b-shop-migration-* spec.backoffLimit in overlays/b\n',
  });
  // Of a root that was not linted nothing is known.
  workspace.write({ 'overlays/a/kustomization.yaml': overlay('a') });
  expect((await runHere('overlays/a', '--baseline', 'migrate-lint-baseline.json')).err).toBe('');
});

test('a file that is no baseline', async () => {
  workspace.write({ 'odd.json': '{"version": 1, "findings": [{"rule": 1}]}', 'broken.json': '{' });
  expect(await runHere('--baseline', 'odd.json')).toMatchObject({
    code: 2,
    err: 'error: odd.json is not a baseline of this version; write it with --write-baseline.\n',
  });
  expect((await runHere('--baseline', 'broken.json')).err).toBe(
    'error: The baseline broken.json is not JSON; write it with --write-baseline.\n',
  );
  expect((await runHere('--baseline', 'nowhere.json')).err).toContain('there is no such file');
});

test('the settings name the baseline, for reading and for writing', async () => {
  workspace.write({
    'migrate-lint.yaml': `${workspace.read('migrate-lint.yaml')}baseline: known/accepted.json\n`,
    'known/.keep': '',
  });
  expect(await runHere()).toEqual({
    code: 2,
    out: '',
    err: 'error: The baseline known/accepted.json cannot be used: there is no such file; --write-baseline writes it.\n',
  });
  expect(await runHere('--write-baseline')).toEqual({
    code: 0,
    out: '',
    err: 'Wrote 1 known finding to known/accepted.json.\n',
  });
  const known = 'No problems found (1 root, 1 release, 1 in the baseline).\n';
  expect(await runHere()).toEqual({ code: 0, out: known, err: '' });
  expect(await workspace.runHere(['..'], { directory: 'overlays' })).toEqual({ code: 0, out: known, err: '' });
  expect((await runHere('--no-baseline')).code).toBe(1);
});

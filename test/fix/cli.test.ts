import { chmodSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFolder } from '../support/disk.ts';
import { git } from '../support/git.ts';
import { placeFiles } from '../support/memory-file-system.ts';
import { createWorkspace } from '../support/workspace.ts';

const job = `apiVersion: batch/v1
kind: Job
metadata:
  name: shop-migration-v1
spec:
  backoffLimit: 3   # retries
  template:
    spec:
      restartPolicy: OnFailure
      containers:
        - name: migrate
          image: registry.example.com/shop-migration:v1
          command: [sh, -c, ./migrate.sh]
`;
const examples = join(import.meta.dirname, '../../examples');
const safelyFixed = job.replace('backoffLimit: 3', 'backoffLimit: 0').replace('OnFailure', 'Never');
const forced = safelyFixed.replace(
  'v1\nspec',
  'v1\n  annotations:\n    kustomize.toolkit.fluxcd.io/force: Enabled\nspec',
);
const diff = `--- a/k8s/job.yaml
+++ b/k8s/job.yaml
@@ -3,10 +3,10 @@
 metadata:
   name: shop-migration-v1
 spec:
-  backoffLimit: 3   # retries
+  backoffLimit: 0   # retries
   template:
     spec:
-      restartPolicy: OnFailure
+      restartPolicy: Never
       containers:
         - name: migrate
           image: registry.example.com/shop-migration:v1
`;

const workspace = createWorkspace({
  '.git/HEAD': '',
  'k8s/kustomization.yaml': 'resources:\n  - job.yaml\n',
  'k8s/job.yaml': job,
});

const read = (path = 'k8s/job.yaml') => workspace.read(path);

describe('--fix', () => {
  test('applies safe fixes, says so, and exits according to what is left', () => {
    const { code, out, err } = workspace.run(['--fix', 'k8s']);
    expect(read()).toBe(safelyFixed);
    expect(err).toBe('Fixed 2 findings in 1 file.\n');
    expect(out).toContain('error[job-force]');
    expect(out).toContain('Found 1 error in 1 file (1 root).\n1 fixable with --fix=all.\n');
    expect(code).toBe(1);
  });

  test('=all fixes the rest too, and a second run changes nothing', () => {
    expect(workspace.run(['--fix=all', 'k8s'])).toEqual({
      code: 0,
      out: 'No problems found (1 root, 1 release).\n',
      err: 'Fixed 3 findings in 1 file.\n',
    });
    expect(read()).toBe(forced);
    const { mtimeNs } = statSync(join(workspace.path, 'k8s/job.yaml'), { bigint: true });
    expect(workspace.run(['--fix=all', 'k8s'])).toMatchObject({ code: 0, err: 'Nothing to fix.\n' });
    expect(statSync(join(workspace.path, 'k8s/job.yaml'), { bigint: true }).mtimeNs).toBe(mtimeNs);
    expect(readdirSync(join(workspace.path, 'k8s'))).toEqual(['job.yaml', 'kustomization.yaml']);
  });

  test.each(['json', 'sarif', 'rdjson', 'junit'])('leaves standard output to the report in %s', async (format) => {
    const { out, err } = await workspace.runHere(['--fix', 'k8s', '--format', format]);
    expect(err).toContain('Fixed 2 findings');
    expect(out).toBe((await workspace.runHere(['k8s', '--format', format])).out);
  });

  test('lists what it did with --verbose, and nothing with --quiet', async () => {
    expect((await workspace.runHere(['--fix', '--verbose', 'k8s'])).err).toBe(
      [
        'k8s/job.yaml:6:17 job-backoff-limit: Set `backoffLimit` to 0.',
        'k8s/job.yaml:9:22 job-restart-policy: Set `restartPolicy` to `Never`.',
        'Fixed 2 findings in 1 file.\n',
      ].join('\n'),
    );
    workspace.write({ 'k8s/job.yaml': job });
    expect((await workspace.runHere(['--fix', '--quiet', 'k8s'])).err).toBe('');
    expect(read()).toBe(safelyFixed);
  });

  test('leaves alone what a comment silences, and what the settings turn off', async () => {
    const silenced = job
      .replace('# retries', '# migrate-lint-disable-line job-backoff-limit -- wanted')
      .replace('OnFailure', 'Never');
    workspace.write({ 'k8s/job.yaml': silenced });
    expect((await workspace.runHere(['--fix', 'k8s'])).err).toBe('Nothing to fix.\n');
    expect(read()).toBe(silenced);
  });

  test('keeps the mode of a file, and follows links inside of the repository', async () => {
    workspace.write({ 'shared/job.yaml': job });
    chmodSync(join(workspace.path, 'shared/job.yaml'), 0o640);
    // Windows has fewer modes.
    const { mode } = statSync(join(workspace.path, 'shared/job.yaml'));
    rmSync(join(workspace.path, 'k8s/job.yaml'));
    symlinkSync('../shared/job.yaml', join(workspace.path, 'k8s/job.yaml'));
    await workspace.runHere(['--fix', 'k8s', '--load-restrictor', 'none']);
    expect(read('shared/job.yaml')).toBe(safelyFixed);
    expect(read()).toBe(safelyFixed);
    expect(statSync(join(workspace.path, 'shared/job.yaml')).mode).toBe(mode);
  });

  test('writes nothing outside of the repository', async () => {
    workspace.write({
      'a/.git/HEAD': '',
      'b/.git/HEAD': '',
      'b/apps/job.yaml': job,
      'b/apps/kustomization.yaml': 'resources: [job.yaml]\n',
      'a/flux.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec:
  path: ./apps
  prune: true
  interval: 10m
  sourceRef: {kind: GitRepository, name: shop}
`,
    });
    const { err } = await workspace.runHere(['a', '--source', 'shop=b', '--fix']);
    expect(err).toContain('job-backoff-limit was not fixed: `');
    expect(err).toContain('is outside the repository.');
    expect(read('b/apps/job.yaml')).toBe(job);
  });

  test('does not write to a file in UTF-16', async () => {
    workspace.write({
      'wide/kustomization.yaml': 'resources: [job.yaml]\n',
      'wide/job.yaml': new Uint8Array(Buffer.from(`\ufeff${job}`, 'utf16le')),
    });
    const { err } = await workspace.runHere(['wide', '--fix']);
    expect(err).toContain('job-backoff-limit was not fixed: the file is UTF-16, and only UTF-8 is written here.');
  });

  test('writes nothing into the remote cache', async () => {
    workspace.write({
      'cached/migrate-lint.yaml': 'remoteCache: vendor\n',
      'cached/kustomization.yaml': 'resources: [github.com/org/repo]\n',
      'cached/vendor/github.com/org/repo/kustomization.yaml': 'resources: [job.yaml]\n',
      'cached/vendor/github.com/org/repo/job.yaml': job,
    });
    const { err } = await workspace.runHere(['cached', '--fix']);
    expect(err).toContain('is a copy in the remote cache.');
    expect(read('cached/vendor/github.com/org/repo/job.yaml')).toBe(job);
  });

  test('does not take standard input', async () => {
    expect(await workspace.runHere(['--fix', '-'], { stdin: job })).toEqual({
      code: 2,
      out: '',
      err: 'error: Standard input cannot be fixed; give a path.\n',
    });
  });
});

describe('--diff', () => {
  test('prints what would change, in a form that git applies, and changes nothing', () => {
    const { code, out, err } = workspace.run(['--diff', 'k8s']);
    expect({ code, out, err }).toEqual({
      code: 1,
      out: diff,
      err: 'Would fix 2 findings in 1 file. 1 more fixable with --fix=all.\n',
    });
    expect(read()).toBe(job);
    rmSync(join(workspace.path, '.git'), { recursive: true });
    git(workspace.path, ['apply', '-'], out);
    expect(read()).toBe(safelyFixed);
  });

  test('of all, from a folder below', () => {
    const { out } = workspace.run(['--fix=all', '--diff'], { directory: 'k8s' });
    expect(out).toMatch(/^--- a\/job\.yaml\n\+\+\+ b\/job\.yaml\n/);
    expect(out).toContain('\n+    kustomize.toolkit.fluxcd.io/force: Enabled\n');
  });

  test('of files outside the working directory, from the top of the repository, where Git applies it', () => {
    workspace.write({ 'elsewhere/a.txt': '' });
    const { out } = workspace.run(['--diff', '../k8s'], { directory: 'elsewhere' });
    expect(out).toBe(diff);
  });

  test('says nothing of a clean tree', () => {
    workspace.write({ 'k8s/job.yaml': forced });
    expect(workspace.run(['--diff', '--fix=all', 'k8s'])).toEqual({ code: 0, out: '', err: 'Nothing to fix.\n' });
  });
});

test('a secret beside a change is not shown', async () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: shop}\nstringData:\n  PASSWORD: hunter2\n---\n';
  workspace.write({
    'k8s/job.yaml': secret + job.replace('apiVersion: batch/v1\nkind: Job\n', 'kind: Job\napiVersion: batch/v1\n'),
  });
  const { out } = await workspace.runHere(['--fix=all', '--diff', 'k8s']);
  expect(out).toContain('+    kustomize.toolkit.fluxcd.io/force: Enabled');
  expect(out).not.toContain('hunter2');
  await workspace.runHere(['--fix=all', 'k8s']);
  expect(read()).toContain('hunter2');
});

test('the example keeps every byte', async () => {
  workspace.write(placeFiles('examples/correct', readFolder(join(examples, 'correct'))));
  const files = () => readFolder(join(workspace.path, 'examples'));
  const before = files();
  await workspace.runHere(['--fix', 'examples/correct']);
  expect(files()).toEqual(before);
});

test('what a kustomization can only mean is written', async () => {
  workspace.write(placeFiles('k8s', readFolder(join(examples, 'published'))));
  const { out } = await workspace.runHere(['--fix', '--format', 'json', 'k8s']);
  expect(JSON.parse(out).findings.map(({ rule }: { rule: string }) => rule)).not.toContain('build-error');
  const text = read('k8s/kustomization.yaml');
  expect(text).toContain('apiVersion: kustomize.config.k8s.io/v1beta1\n');
  expect(text).toContain('          - spec.template.spec.initContainers.[name=wait-for-migration].args.1\n');
});

test.each([
  [['--watch', '--fix'], '--watch cannot be combined with --fix or --diff.'],
  [['--shard', '1/2', '--fix'], '--shard and --fix cannot be combined: --fix needs all roots.'],
  [['--timing', '--diff'], '--timing cannot be combined with --fix or --diff.'],
  [['--fix', '--diff', '--format', 'json'], '--diff and --format cannot be combined: --diff prints a patch'],
  [['--diff', '--report', 'json=report.json'], '--diff and --report cannot be combined'],
  [['a', '--fix', 'all'], 'There is no file or folder all. To choose the fixes, write --fix=all.'],
  [['--fix=some'], "error: option '--fix [which]' argument 'some' is invalid. Choose one of safe, all."],
])('%s is refused', async (args, message) => {
  const { code, err } = await workspace.runHere([...args, 'k8s']);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(read()).toBe(job);
});

test('what a change can affect is fixed, and judged by everything that reads it', async () => {
  workspace.write({
    'base/kustomization.yaml': 'resources: [job.yaml]\n',
    'base/job.yaml': job,
    'a/kustomization.yaml':
      'resources: [../base]\npatches:\n  - path: patch.yaml\n    target: {kind: Job}\nnameSuffix: -a\n',
    'a/patch.yaml': '- {op: replace, path: /spec/backoffLimit, value: 2}\n',
    'b/kustomization.yaml': 'resources: [../base]\nnameSuffix: -b\n',
  });
  const { err } = await workspace.runHere(['a/patch.yaml', '--changed-files', '--fix']);
  expect(err).toBe('Fixed 2 findings in 2 files.\n');
  expect(read('a/patch.yaml')).toContain('value: 0');
  expect(read('base/job.yaml')).toContain('backoffLimit: 3');
  expect(read('base/job.yaml')).toContain('restartPolicy: Never');
});

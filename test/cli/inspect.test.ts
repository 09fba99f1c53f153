import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { readFolder } from '../support/disk.ts';
import { placeFiles } from '../support/memory-file-system.ts';
import { createWorkspace } from '../support/workspace.ts';

const workspace = createWorkspace(
  placeFiles('correct', readFolder(join(import.meta.dirname, '../../examples/correct'))),
);

test('draws as the flags say', () => {
  const { code, out } = workspace.run([
    'inspect',
    'correct/overlays/staging',
    '--applier',
    'kubectl',
    '--kustomize',
    '5.7',
  ]);
  expect(code).toBe(0);
  expect(out).toMatch(/^correct\/overlays\/staging \(applied by kubectl: the settings say so\)\n/);
  expect(out).toContain('└─ wait-for-migration (k8s-wait-for job-wr) ─▶ Deployment myapp-staging/staging-myapp');
});

test('--repository limits what is read', async () => {
  const inspect = (repository: string) =>
    workspace.runHere(['inspect', 'correct/overlays/staging', '--repository', repository]);
  expect((await inspect('correct')).code).toBe(0);
  expect(await inspect('correct/overlays')).toMatchObject({ code: 3, out: '' });
});

test.each([
  ['fleet.yaml', '', 'applied by fleet: a `fleet.yaml` says so'],
  ['deploy.sh', 'kubectl apply -k k8s', 'applied by kubectl: `deploy.sh` hands what kustomize builds to it'],
  ['README.md', '```\nkubectl apply -f k8s/job.yaml\n```\n', 'applied by kubectl: `README.md` hands manifests to it'],
  ['notes.md', 'k8s', 'applier unknown: nothing in the tree shows it'],
])('%s with `%s`: %s', async (name, text, expected) => {
  const job =
    'apiVersion: batch/v1\nkind: Job\nmetadata: {name: migrate}\nspec: {template: {spec: {containers: [{name: main, image: shop, command: [alembic, upgrade, head]}]}}}\n';
  workspace.write({
    [`shop/${name}`]: text,
    'shop/k8s/kustomization.yaml': 'resources: [job.yaml]\n',
    'shop/k8s/job.yaml': job,
  });
  const { out } = await workspace.runHere(['inspect', 'shop/k8s', '--repository', 'shop']);
  expect(out).toMatch(`shop/k8s (${expected})\n`);
});

test('a tree without a migration, and one that cannot be built', async () => {
  workspace.write({ 'empty/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n' });
  expect(await workspace.runHere(['inspect', 'empty'])).toEqual({
    code: 3,
    out: '',
    err: 'No migration Job was recognised in empty.\n',
  });
  expect(await workspace.runHere(['inspect', '.'], { directory: 'empty' })).toMatchObject({
    err: 'No migration Job was recognised in this folder.\n',
  });
  workspace.write({ 'broken/kustomization.yaml': 'resources: [absent.yaml]\n' });
  expect(await workspace.runHere(['inspect', 'broken'])).toEqual({
    code: 3,
    out: '',
    err: 'No migration Job was recognised in broken. 1 root could not be built; run migrate-lint on it to see why.\n',
  });
});

describe('a migration Job in a file that no kustomization lists', () => {
  const job = (name: string, container = 'name: migrate, image: "shop:v1", command: [alembic, upgrade, head]') =>
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {template: {spec: {containers: [{${container}}]}}}\n`;
  const drawn = `Not built, because no kustomization lists the file:

  Job shop-migrate  unlisted/migrate-job.yaml:3
      runs       alembic upgrade head (Alembic)
      image      shop:v1
      because    its container \`migrate\` runs \`alembic upgrade head\` (Alembic)
                 its name \`shop-migrate\` says so
`;

  const unlisted = {
    'unlisted/kustomization.yaml': '# migrate-by-hand.yaml is applied by hand\nresources: [config.yaml]\n',
    'unlisted/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
    'unlisted/migrate-job.yaml': job('shop-migrate'),
    'unlisted/migrate-by-hand.yaml': job('told-to-be-left-out-migrate'),
    'unlisted/patch.yaml': job('shop-migrate', 'name: migrate'),
    'unlisted/job.yaml': job('shop-report', 'name: report, image: "shop:v1"'),
    'other/job.yaml': job('shop-migrate'),
  };

  test('is drawn', async () => {
    workspace.write(unlisted);
    expect(await workspace.runHere(['inspect', 'unlisted'])).toEqual({
      code: 3,
      out: drawn,
      err: 'No root builds a migration Job in unlisted.\n',
    });
    const { out } = await workspace.runHere(['inspect', '--format', 'json', 'unlisted']);
    expect(JSON.parse(out)).toMatchObject({ roots: [], unlisted: [{ job: { name: 'shop-migrate', line: 3 } }] });
    const schema = readFileSync(join(import.meta.dirname, '../../schemas/inspect.schema.json'), 'utf8');
    expect(new Ajv().validate(JSON.parse(schema), JSON.parse(out))).toBe(true);
  });

  test('beside what a kustomization above lists', async () => {
    workspace.write({
      'above/kustomization.yaml': 'resources: [base/config.yaml]\n',
      'above/base/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
      'above/base/migrate-job.yaml': job('shop-migrate'),
      'above/jobs/by-hand/seed.yaml': job('shop-seed', 'name: seed, image: "shop:v1"'),
      'above/chart/templates/migrate-job.yaml': job('shop-migrate'),
    });
    const { out } = await workspace.runHere(['inspect', 'above/kustomization.yaml']);
    expect(out).toBe(drawn.replace('unlisted/', 'above/base/'));
  });

  test('in a folder that no kustomization goes into', async () => {
    workspace.write({
      'below/kustomization.yaml': 'resources: [config.yaml]\n',
      'below/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
      'below/jobs/migrate-job.yaml': job('shop-migrate'),
    });
    expect((await workspace.runHere(['inspect', 'below'])).out).toBe(drawn.replace('unlisted/', 'below/jobs/'));
  });

  test('is not drawn where the settings leave it out', async () => {
    workspace.write({ ...unlisted, 'unlisted/migrate-lint.yaml': 'ignore: ["**/migrate-job.yaml"]\n' });
    expect((await workspace.runHere(['inspect', 'unlisted'])).out).toBe('');
  });
});

test('a slip in a flag', async () => {
  const { code, err } = await workspace.runHere(['inspect', '--applier', 'kubctl', 'correct']);
  expect(code).toBe(2);
  expect(err).toContain('Did you mean "kubectl"?');
});

describe('what is left out of a build unless asked for', () => {
  const migrationJob = `apiVersion: batch/v1
kind: Job
metadata:
  name: far-migration
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - {name: migrate, image: "far-migration:v1", command: [flyway, migrate]}
`;

  test('remote bases, from a folder', async () => {
    workspace.write({
      'remote/kustomization.yaml': 'resources: ["github.com/org/repo/deploy?ref=v1"]\n',
      'vendor/github.com/org/repo@v1/deploy/kustomization.yaml': 'resources: [job.yaml]\n',
      'vendor/github.com/org/repo@v1/deploy/job.yaml': migrationJob,
    });
    expect((await workspace.runHere(['inspect', 'remote'])).code).toBe(3);
    const { code, out } = await workspace.runHere(['inspect', 'remote', '--remote-cache', 'vendor']);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('far-migration') });
  });

  test.skipIf(process.platform === 'win32')('charts on disk, rendered by helm', () => {
    workspace.write({
      'chart/kustomization.yaml': 'helmCharts: [{name: shop, releaseName: web}]\n',
      'chart/charts/shop/values.yaml': '{}\n',
      'bin/helm': `#!/bin/sh\nif [ "$1" = version ]; then echo v3.18.6; exit; fi\ncat <<'END'\n${migrationJob}END\n`,
    });
    expect(workspace.run(['inspect', 'chart']).code).toBe(3);
    const { code, out } = workspace.run(['inspect', 'chart', '--enable-helm', '--helm-command', 'bin/helm']);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('far-migration') });
  });

  test('trees of another source of Flux', async () => {
    workspace.write({
      'cluster/flux.yaml': [
        'apiVersion: kustomize.toolkit.fluxcd.io/v1',
        'kind: Kustomization',
        'metadata: {name: apps, namespace: flux-system}',
        'spec: {path: ./k8s, prune: true, interval: 5m, sourceRef: {kind: GitRepository, name: elsewhere}, postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}}',
        '',
      ].join('\n'),
      'elsewhere/k8s/job.yaml': migrationJob.replace('far-migration:v1', 'far-migration:\u0024{TAG}'),
    });
    expect((await workspace.runHere(['inspect', 'cluster'])).code).toBe(3);
    const flags = ['--source', 'elsewhere=elsewhere', '--var', 'TAG=v7'];
    const { code, out } = await workspace.runHere(['inspect', 'cluster', ...flags]);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('far-migration:v7') });
  });
});

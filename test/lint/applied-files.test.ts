// biome-ignore-all lint/suspicious/noTemplateCurlyInString: manifests hold variables as people write them.
import { describe, expect, test } from 'vitest';
import type { LintOptions } from '../../src/lint-options.ts';
import type { Linted } from '../../src/run.ts';
import { configMap } from '../kustomize/build-files.ts';
import { lintInShares } from '../shard/shares.ts';
import { lintFiles, rulesWithFiles } from '../support/lint-files.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { describeRun, lintAfter } from './following-run.ts';

/** A Job with a mistake. */
const jobOf = (name: string, image = 'shop-migration:v1') => `apiVersion: batch/v1
kind: Job
metadata: {name: "${name}"}
spec:
  backoffLimit: 3
  ttlSecondsAfterFinished: 86400
  template:
    spec:
      restartPolicy: Never
      containers:
        - {name: migrate, image: "${image}", command: [npx, prisma, migrate, deploy]}
`;
const job = jobOf('shop-migration-v1');
const workflow = '.github/workflows/deploy.yml';
const apply = `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: kubectl apply -f k8s/jobs/migrate.yaml
`;

const repository = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  [workflow]: apply,
  'k8s/kustomization.yaml': 'resources: [config.yaml]\n',
  'k8s/config.yaml': configMap('shop'),
  'k8s/jobs/migrate.yaml': job,
};
const found = ['job-backoff-limit k8s/jobs/migrate.yaml'];

/** The findings, and the paths about which there is a remark. */
async function lint(changes: Readonly<Record<string, string>>, paths = ['.'], options: LintOptions = {}) {
  const result = await lintFiles({ ...repository, ...changes }, { paths, options });
  const skipped = result.skipped.map(({ path }) => path.replace('/repo/', ''));
  return { findings: rulesWithFiles(result), skipped, roots: result.roots.map(({ path }) => path) };
}

describe('a file with a migration Job that no kustomization lists', () => {
  test('is linted if a pipeline applies it', async () => {
    const roots = ['/repo/k8s', '/repo/k8s/jobs/migrate.yaml'];
    expect(await lint({})).toEqual({ findings: found, skipped: [], roots });
    expect(await lint({}, ['k8s'])).toEqual({ findings: found, skipped: [], roots });
  });

  test('is linted beside a release that is listed', async () => {
    const listed = jobOf('other-migration-v1').replace('backoffLimit: 3', 'backoffLimit: 0');
    const other = { 'k8s/other.yaml': listed, 'k8s/kustomization.yaml': 'resources: [other.yaml]\n' };
    expect((await lint(other)).findings).toEqual(found);
  });

  test.each<[string, Record<string, string>]>([
    ['nothing applies it', { [workflow]: 'jobs: {}\n' }],
    [
      'only a document says how',
      { [workflow]: '', 'README.md': '```sh\nkubectl apply -f k8s/jobs/migrate.yaml\n```\n' },
    ],
  ])('is only mentioned if %s', async (_, changes) => {
    expect(await lint(changes)).toEqual({ findings: [], skipped: ['k8s/jobs/migrate.yaml'], roots: ['/repo/k8s'] });
  });

  test('is only mentioned without a repository', async () => {
    const { '.git/HEAD': _, ...files } = repository;
    const { findings, skipped } = await lintFiles(files);
    expect([findings, skipped.map(({ path }) => path)]).toEqual([[], ['/repo/k8s/jobs/migrate.yaml']]);
  });

  test('is left out if it is not below the given paths, ignored, or no migration', async () => {
    const elsewhere = { 'apps/kustomization.yaml': 'resources: [config.yaml]\n', 'apps/config.yaml': configMap('a') };
    expect((await lint(elsewhere, ['apps'])).roots).toEqual(['/repo/apps']);
    expect((await lint({}, ['k8s/kustomization.yaml'])).roots).toEqual(['/repo/k8s']);
    expect((await lint({ 'migrate-lint.yaml': 'ignore: [k8s/jobs]\n' })).roots).toEqual(['/repo/k8s']);
    const backup = jobOf('backup', 'backup:v1').replace('npx, prisma, migrate, deploy', 'backup');
    expect((await lint({ 'k8s/jobs/migrate.yaml': backup })).roots).toEqual(['/repo/k8s']);
  });

  test('is linted once if a kustomization lists it, or Flux applies its folder', async () => {
    const list = { 'k8s/kustomization.yaml': 'resources: [config.yaml, jobs/migrate.yaml]\n' };
    expect(await lint(list)).toMatchObject({ findings: found, roots: ['/repo/k8s'] });
    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: jobs, namespace: flux-system}
spec: {interval: 1h, path: ./k8s/jobs, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
`;
    const { roots } = await lint({ 'clusters/jobs.yaml': flux });
    expect(roots).toEqual(['/repo/clusters', '/repo/k8s', '/repo/k8s/jobs']);
  });

  test('is applied by kubectl, whatever the settings say of the trees', async () => {
    const { findings } = await lint({ 'k8s/jobs/migrate.yaml': jobOf('shop-migration') }, ['.'], { applier: 'flux' });
    expect(findings).toEqual(['job-name-version k8s/jobs/migrate.yaml', ...found]);
  });

  test.each([
    ['${TAG}', 'envsubst < k8s/jobs/migrate.yaml | kubectl apply -f -'],
    ['IMAGE_TAG_PLACEHOLDER', 'sed s/IMAGE_TAG_PLACEHOLDER/$TAG/ k8s/jobs/migrate.yaml | kubectl apply -f -'],
  ])('may hold %s, which the pipe fills', async (placeholder, run) => {
    const text = jobOf(`shop-migration-${placeholder}`, `shop-migration:${placeholder}`);
    const { findings } = await lint({ 'k8s/jobs/migrate.yaml': text, [workflow]: '', 'deploy.sh': `${run}\n` });
    expect(findings).toEqual(found);
  });
});

test.each([
  ['sed "s|shop-migrate|shop-migrate-$SHA|; s|shop:latest|shop:$SHA|" k8s/jobs/migrate.yaml | kubectl apply -f -'],
  ['sed "s|name: shop-migrate|name: m-$SHA|; s|image: .*|image: $I|" k8s/jobs/migrate.yaml | kubectl apply -f -'],
])('what the pipe writes is not missing: %s', async (run) => {
  const files = { 'k8s/jobs/migrate.yaml': jobOf('shop-migrate', 'shop:latest'), [workflow]: '' };
  expect((await lint({ ...files, 'deploy.sh': `${run}\n` })).findings).toEqual(found);
  const unchanged = await lint({ ...files, 'deploy.sh': 'kubectl apply -f k8s/jobs/migrate.yaml\n' });
  expect(unchanged.findings).toEqual([
    'job-name-version k8s/jobs/migrate.yaml',
    ...found,
    'image-tag-mutable k8s/jobs/migrate.yaml',
  ]);
});

test('sed may write a placeholder in the middle of a name', async () => {
  const files = { 'k8s/jobs/migrate.yaml': jobOf('shop-migrate-IMAGE_TAG', 'shop:IMAGE_TAG') };
  const edit = apply.replace('kubectl', 'sed -i "s/IMAGE_TAG/$SHA/g" k8s/jobs/migrate.yaml && kubectl');
  expect((await lint({ ...files, [workflow]: edit })).findings).toEqual(found);
});

test('shares lint it once, and together say what one run says', async () => {
  const files = Object.fromEntries(Object.entries(repository).map(([path, text]) => [`/repo/${path}`, text]));
  const { result, roots } = await lintInShares(2, '/repo', {}, memoryFileSystem(files));
  expect(roots).toEqual([1, 1]);
  expect(result.findings.map(({ rule }) => rule)).toEqual(['job-backoff-limit']);
});

test('only its own change affects it', async () => {
  const changed = async (path: string) => (await lint({}, ['.'], { changedFiles: [path] })).findings;
  expect(await changed('k8s/jobs/migrate.yaml')).toEqual(found);
  expect(await changed('k8s/config.yaml')).toEqual([]);
});

test('a run after a change says what a run from the start says', async () => {
  let files: Record<string, string> = Object.fromEntries(
    Object.entries(repository).map(([path, text]) => [`/w/${path}`, text]),
  );
  let earlier: Linted | undefined;
  const next = async (path: string, text: string): Promise<number> => {
    files = { ...files, [path]: text };
    const changed = new Set([path]);
    const following = await lintAfter(files, earlier && { ...earlier.memory, changed });
    expect(describeRun(following)).toEqual(describeRun(await lintAfter(files)));
    earlier = following;
    return following.built.length;
  };
  expect(await next('/w/k8s/config.yaml', configMap('shop'))).toBe(2);
  expect(await next(`/w/${workflow}`, 'jobs: {}\n')).toBe(1);
  expect(await next(`/w/${workflow}`, apply)).toBe(2);
  expect(await next('/w/k8s/jobs/migrate.yaml', configMap('migrate'))).toBe(1);
  expect(await next('/w/k8s/jobs/migrate.yaml', job.replace('backoffLimit: 3', 'backoffLimit: 4'))).toBe(2);
});

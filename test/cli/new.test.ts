import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFolder } from '../support/disk.ts';
import { createWorkspace } from '../support/workspace.ts';

const workspace = createWorkspace({ '.git/HEAD': '' });

/** All files below the workspace but Git's. */
function list(): string[] {
  const files = [...readFolder(workspace.path).keys()];
  return files.filter((path) => !path.startsWith('.git/')).sort();
}

test('new writes a clean service and lists the remaining steps', () => {
  const { code, out, err } = workspace.run(['new', 'shop', '--tool', 'alembic', '--ci', 'github']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(list()).toEqual([
    '.github/workflows/release-shop.yml',
    'Dockerfile.migration',
    'k8s/base/config.yaml',
    'k8s/base/deployment.yaml',
    'k8s/base/kustomization.yaml',
    'k8s/base/migration-job.yaml',
    'k8s/base/rbac.yaml',
    'k8s/base/service-account.yaml',
    'k8s/base/service.yaml',
    'k8s/overlays/production/config.yaml',
    'k8s/overlays/production/deployment-variables.yaml',
    'k8s/overlays/production/kustomization.yaml',
    'k8s/overlays/staging/config.yaml',
    'k8s/overlays/staging/deployment-variables.yaml',
    'k8s/overlays/staging/kustomization.yaml',
    'k8s/version/kustomization.yaml',
  ]);
  expect(out).toMatchInlineSnapshot(`
    "Wrote 16 files for shop:
      k8s/base/config.yaml
      k8s/base/deployment.yaml
      k8s/base/kustomization.yaml
      k8s/base/migration-job.yaml
      k8s/base/rbac.yaml
      k8s/base/service-account.yaml
      k8s/base/service.yaml
      k8s/version/kustomization.yaml
      k8s/overlays/staging/config.yaml
      k8s/overlays/staging/deployment-variables.yaml
      k8s/overlays/staging/kustomization.yaml
      k8s/overlays/production/config.yaml
      k8s/overlays/production/deployment-variables.yaml
      k8s/overlays/production/kustomization.yaml
      Dockerfile.migration
      .github/workflows/release-shop.yml

    Next:
      1. Replace the placeholders registry.example.com/shop and registry.example.com/shop-migration with your images: run this again with --force and --image, or edit the files.
      2. Adapt k8s/base/deployment.yaml to the service: its port (8080), readiness probe and resources.
      3. Write the service's Dockerfile, which the pipeline builds too.
      4. Adapt Dockerfile.migration: use the same base image as the service's Dockerfile. It expects
           - alembic and a database driver in requirements.txt
           - alembic.ini
           - alembic/env.py that reads DATABASE_URL
      5. Create the namespaces, and in each the Secret that the service and its migration read (or a SealedSecret, ExternalSecret or SOPS file for it):
           kubectl create secret generic shop-database -n shop-staging --from-literal='DATABASE_URL=postgresql://USER:PASSWORD@HOST:5432/DATABASE'
           kubectl create secret generic shop-database -n shop-production --from-literal='DATABASE_URL=postgresql://USER:PASSWORD@HOST:5432/DATABASE'
      6. If the cluster needs a login to pull the images, list a Secret for it under imagePullSecrets in k8s/base/service-account.yaml.
      7. Set the secrets REGISTRY_USER and REGISTRY_PASSWORD of the repository to an account that may push to registry.example.com.
      8. If the branch main is protected, give the checkout steps of the jobs staging and production a token that may push to it (\`with: {token: …}\`).
      9. To release what runs in staging to production, choose "Run workflow" on "release shop" under Actions.
      10. Point a Flux Kustomization at each of ./k8s/overlays/staging and ./k8s/overlays/production, with prune: true.
      11. Lint it:
           npx migrate-lint k8s --preset strict
    "
  `);
  expect(workspace.run(['--preset', 'strict'])).toEqual({
    code: 0,
    out: 'No problems found (2 roots, 2 releases).\n',
    err: '',
  });
});

test('options reach the files', async () => {
  const image = 'registry.example.com:5000/team/shop';
  await workspace.runHere([
    'new',
    'web',
    '--tool',
    'flyway',
    '--image',
    image,
    '--port',
    '3000',
    '--directory',
    'services/web',
  ]);
  expect(list()).toContain('services/web/k8s/base/deployment.yaml');
  const { out } = await workspace.runHere(['build', 'services/web/k8s/overlays/production']);
  expect(out).toContain(`image: ${image}:v1.0.0\n`);
  expect(out).toContain('containerPort: 3000\n');
});

test('nothing that is there is overwritten without --force', async () => {
  workspace.write({ 'Dockerfile.migration': 'FROM mine\n' });
  expect(await workspace.runHere(['new', 'shop', '--tool', 'prisma'])).toEqual({
    code: 2,
    out: '',
    err: 'error: Dockerfile.migration already exists, so nothing was written. --force overwrites it.\n',
  });
  expect(list()).toEqual(['Dockerfile.migration']);
  expect((await workspace.runHere(['new', 'shop', '--tool', 'prisma', '--force'])).code).toBe(0);
  expect(readFileSync(join(workspace.path, 'Dockerfile.migration'), 'utf8')).not.toContain('mine');
});

test('a pipeline that is there is no reason to do without the rest', async () => {
  workspace.write({ '.gitlab-ci.yml': 'a: 1\n' });
  const { code, err } = await workspace.runHere(['new', 'shop', '--tool', 'prisma', '--ci', 'gitlab']);
  expect({ code, err }).toEqual({
    code: 2,
    err: 'error: .gitlab-ci.yml already exists, so nothing was written. --force overwrites it; --ci none skips the pipeline.\n',
  });
  expect((await workspace.runHere(['new', 'shop', '--tool', 'prisma', '--ci', 'none'])).code).toBe(0);
});

test('--dry-run lists the files and writes none', async () => {
  const { code, out } = await workspace.runHere(['new', 'shop', '--tool', 'goose', '--dry-run']);
  expect(code).toBe(0);
  expect(out).toMatch(/^Would write 15 files for shop:\n {2}k8s\/base\/config\.yaml\n/);
  expect(out).not.toContain('Next:');
  expect(list()).toEqual([]);
});

test('where one file cannot be written, none is', async () => {
  // A file in the place of a folder: the manifests before it have been written by then.
  workspace.write({ 'k8s/version': 'in the way\n', 'k8s/base/config.yaml': 'old\n' });
  const { code, err } = await workspace.runHere(['new', 'shop', '--tool', 'prisma', '--force']);
  expect(code).toBe(2);
  expect(err).toMatch(/^error: Nothing was written: (EEXIST|ENOTDIR)/);
  expect(list()).toEqual(['k8s/base/config.yaml', 'k8s/version']);
  expect(readFileSync(join(workspace.path, 'k8s/base/config.yaml'), 'utf8')).toBe('old\n');
});

test.each([
  [['new', 'Shop', '--tool', 'prisma'], '"Shop" is not a valid object name'],
  [['new', 'shop', '--tool', 'prizma'], 'There is no tool "prizma". Did you mean "prisma"?'],
  [['new', 'shop', '--tool', 'prisma', '--port', '0'], 'Write a number from 1 to 65535.'],
  [['new', 'shop', '--tool', 'prisma', '--image', 'shop:v1'], '"shop:v1" is not an image name'],
  [['new', 'shop', '--tool', 'prisma', '--directory', 'a b'], 'The folder name a b is not safe'],
  [['new', 'shop'], 'Name the migration tool: --tool with one of prisma, typeorm,'],
])('%j is refused', async (args, message) => {
  const { code, err } = await workspace.runHere(args);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(existsSync(join(workspace.path, 'k8s'))).toBe(false);
});

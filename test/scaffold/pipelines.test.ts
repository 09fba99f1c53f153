import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test as anywhere, expect } from 'vitest';
import { parse } from 'yaml';
import { describeNextSteps } from '../../src/scaffold/describe-next-steps.ts';
import { describeService } from '../../src/scaffold/new-service.ts';
import { scaffold } from '../../src/scaffold/scaffold.ts';
import { temporaryFolder, writeFiles } from '../support/disk.ts';
import { gitEnvironment } from '../support/git.ts';

/** The commands are run by a shell, with Git, as on a runner. */
const test = anywhere.skipIf(process.platform === 'win32');

const top = temporaryFolder();

/** A clone of a repository with the new service in it, and the files of the service. */
function cloneWith(name: string, service: Parameters<typeof describeService>[2]) {
  const origin = join(top, `${name}.git`);
  const clone = join(top, name);
  shell(`git init --quiet --bare -b main '${origin}' && git clone --quiet '${origin}' '${clone}'`, top);
  const files = scaffold(describeService('shop', 'prisma', service));
  writeFiles(clone, Object.fromEntries(files));
  shell('git add . && git commit --quiet -m first && git push --quiet', clone);
  return { clone, origin, files };
}

function shell(script: string, directory: string, env: Record<string, string> = {}): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-ec', script], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...gitEnvironment(top), ...env },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** What the commit at the tip of the origin says, and the versions that it holds. */
function released(origin: string, folder: string) {
  const version = (environment: string) =>
    /IMAGE_TAG: "(.*)"/.exec(
      shell(`git show main:${folder}k8s/overlays/${environment}/deployment-variables.yaml`, origin),
    )?.[1];
  return {
    message: shell('git log -1 --format=%s main', origin).trim(),
    staging: version('staging'),
    production: version('production'),
  };
}

interface GitlabJob {
  readonly before_script: readonly string[];
  readonly script: readonly string[];
}

test.each(['', 'services/shop/'])('the jobs of GitLab in %j write the version and commit it', (folder) => {
  const { clone, origin, files } = cloneWith(`gitlab${folder.length}`, { ci: 'gitlab', folder });
  const jobs: Record<string, GitlabJob> = parse(files.get(`${folder}.gitlab-ci.yml`) ?? '');
  const variables = { IMAGE_TAG: 'v1.2286938253.0', CI_COMMIT_BRANCH: 'main', CI_SERVER_HOST: 'gitlab.example.com' };
  // There is no apk here, and the server is a folder.
  const before = jobs['.shop-release']?.before_script.filter((line) => !/^apk |set-url/.test(line)) ?? [];
  shell([...before, ...(jobs['shop:staging']?.script ?? [])].join('\n'), clone, variables);
  expect(released(origin, folder)).toEqual({
    message: 'ci: release v1.2286938253.0 of shop to staging [skip ci]',
    staging: 'v1.2286938253.0',
    production: 'v1.0.0',
  });
  shell([...before, ...(jobs['shop:production']?.script ?? [])].join('\n'), clone, variables);
  expect(released(origin, folder)).toMatchObject({ production: 'v1.2286938253.0' });
});

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
}

test.each(['', 'services/shop/'])('the jobs of GitHub in %j write the version and commit it', (folder) => {
  const { clone, origin, files } = cloneWith(`github${folder.length}`, { ci: 'github', folder });
  const { jobs }: Workflow = parse(files.get('.github/workflows/release-shop.yml') ?? '');
  const script = (job: string) => jobs[job]?.steps.find(({ run }) => run !== undefined)?.run ?? 'false';
  shell(script('staging'), clone, { IMAGE_TAG: 'v1.7.0', GITHUB_REF_NAME: 'main' });
  expect(released(origin, folder)).toEqual({
    message: 'ci: release v1.7.0 to staging [skip ci]',
    staging: 'v1.7.0',
    production: 'v1.0.0',
  });
  // Somebody else pushes between the checkout and the release.
  const other = join(top, `other${folder.length}`);
  shell(
    `git clone --quiet '${origin}' '${other}' && cd '${other}' && git commit --quiet --allow-empty -m other && git push --quiet`,
    top,
  );
  // A later run by hand has a number of its own, under which no images were built.
  shell(script('production'), clone, { IMAGE_TAG: 'v1.8.0', GITHUB_REF_NAME: 'main' });
  expect(released(origin, folder)).toEqual({
    message: 'ci: release v1.7.0 to production [skip ci]',
    staging: 'v1.7.0',
    production: 'v1.7.0',
  });
});

test.each([
  ['ghcr.io/acme/shop', 'ghcr.io', 'secrets.GITHUB_TOKEN'],
  ['localhost:5000/shop', 'localhost:5000', 'secrets.REGISTRY_PASSWORD'],
  ['acme/shop', 'docker.io', 'secrets.REGISTRY_PASSWORD'],
])('the workflow that pushes %s logs in to %s', (image, registry, password) => {
  const files = scaffold(describeService('shop', 'prisma', { image, ci: 'github' }));
  const workflow = files.get('.github/workflows/release-shop.yml') ?? '';
  expect(workflow).toContain(`registry: ${registry}\n`);
  expect(workflow).toContain(`password: \${{ ${password} }}\n`);
});

test('one pipeline can include those of several services', () => {
  const services = ['shop', 'web'].map((name) =>
    parse(
      scaffold(describeService(name, 'prisma', { ci: 'gitlab', folder: `services/${name}/` })).get(
        `services/${name}/.gitlab-ci.yml`,
      ) ?? '',
    ),
  );
  const keys = services.flatMap((pipeline) => Object.keys(pipeline));
  expect(keys).toEqual([
    '.shop',
    'shop:build',
    '.shop-release',
    'shop:staging',
    'shop:production',
    '.web',
    'web:build',
    '.web-release',
    'web:staging',
    'web:production',
  ]);
  expect(services.map((pipeline) => pipeline['shop:production'] ?? pipeline['web:production'])).toMatchObject([
    { rules: [{ changes: ['services/shop/**/*'], when: 'manual', allow_failure: true }] },
    { rules: [{ changes: ['services/web/**/*'], when: 'manual', allow_failure: true }] },
  ]);
});

test.each([
  ['ghcr.io/acme/shop', '--username "$REGISTRY_USER" --password-stdin "ghcr.io"'],
  ['acme/shop', '--username "$REGISTRY_USER" --password-stdin "docker.io"'],
  [
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop',
    '--password-stdin "123456789012.dkr.ecr.eu-west-1.amazonaws.com"',
  ],
  ['registry.gitlab.com/acme/shop', '--username "$CI_REGISTRY_USER" --password-stdin "$CI_REGISTRY"'],
  ['registry.git.acme.test:5050/shop', '--username "$CI_REGISTRY_USER" --password-stdin "$CI_REGISTRY"'],
])('the pipeline of GitLab that pushes %s logs in with %s', (image, login) => {
  const service = describeService('shop', 'prisma', { image, ci: 'gitlab' });
  expect(scaffold(service).get('.gitlab-ci.yml')).toContain(`${login}\n`);
});

test('the remaining steps are those of the tool, the registry and the folder', () => {
  const steps = (tool: string, hasDockerfile: boolean) =>
    describeNextSteps(describeService('shop', tool, { image: 'ghcr.io/acme/shop', ci: 'github' }), '.', hasDockerfile);
  const registrySteps = (image: string) =>
    describeNextSteps(describeService('shop', 'atlas', { image, ci: 'gitlab' }), '.', true).match(
      /The pipeline logs in|REGISTRY_USER/g,
    );
  expect(registrySteps('registry.git.acme.test/shop')).toEqual(['The pipeline logs in']);
  expect(registrySteps('registry.gitlab.com/acme/shop')).toBeNull();
  expect(registrySteps('ghcr.io/acme/shop')).toEqual(['REGISTRY_USER']);
  expect(steps('flyway', true)).toContain('Check Dockerfile.migration. It expects\n');
  expect(steps('flyway', true)).toContain('with the keys that the service reads added:\n');
  expect(steps('goose', true)).not.toContain('keys that the service reads');
  expect(steps('prisma', true)).toContain("use the same base image as the service's Dockerfile");
  expect(steps('prisma', true)).not.toMatch(/Write the service's Dockerfile|REGISTRY_USER/);
  expect(steps('prisma', false)).toContain("Write the service's Dockerfile, which the pipeline builds too.");
});

test('the comments in the manifests mention a pipeline only if there is one', () => {
  const variables = (ci: 'gitlab' | 'none') =>
    scaffold(describeService('shop', 'prisma', { ci })).get('k8s/overlays/staging/deployment-variables.yaml');
  expect(variables('gitlab')).toContain('The pipeline writes it.');
  expect(variables('none')).not.toContain('pipeline');
});

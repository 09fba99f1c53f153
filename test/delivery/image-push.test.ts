// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as pipelines hold them.
import { describe, expect, test } from 'vitest';
import { cleanRepository, editBase } from '../catalogue/tree.ts';
import { findAround, github, gitlab } from './repository.ts';

const service = 'docker build --push -t registry/shop:$TAG .';
const migration = 'docker build -f Dockerfile.migration -t registry/shop-migration:$TAG .';

/** A pipeline of GitLab that pushes the service's image and runs these commands for the migration's. */
function migrationBy(...commands: readonly string[]): Record<string, string> {
  return gitlab(`images:\n  script:\n${[service, ...commands].map((each) => `    - '${each}'\n`).join('')}`);
}

describe('ci-image-push', () => {
  test.each([
    ['nothing more', [migration]],
    ['a push of the other', [migration, 'docker push registry/shop:$TAG']],
    ['a push of another in one registry', [migration.replace('registry', '$HOST'), 'docker push $HOST/tools:$TAG']],
    [
      'kaniko with --no-push',
      ['/kaniko/executor --no-push --dockerfile Dockerfile.migration -d registry/shop-migration:$TAG'],
    ],
    ['a second name alone', ['docker build -t m .', 'docker tag m registry/shop-migration:$TAG']],
  ])('built and not pushed: %s', async (_, commands) => {
    expect(await findAround(migrationBy(...commands))).toEqual([
      expect.stringMatching(/^ci-image-push .*shop-migration/),
    ]);
  });

  test.each([
    ['docker push', [migration, 'docker push registry/shop-migration:$TAG']],
    ['docker image push', [migration, 'docker image push --all-tags registry/shop-migration']],
    ['podman', ['podman build -t registry/shop-migration:$TAG .', 'podman push registry/shop-migration:$TAG']],
    ['the builder itself', [migration.replace('build', 'buildx build --push')]],
    ['an output of the builder', [migration.replace('build', 'build --output=type=registry')]],
    ['kaniko', ['/kaniko/executor --dockerfile Dockerfile.migration -d registry/shop-migration:$TAG']],
    ['a loop', [migration, 'for i in shop shop-migration; do docker push registry/$i:$TAG; done']],
    ['a script', [migration, './push.sh']],
    ['docker compose', [migration, 'docker compose push']],
    ['crane', ['crane copy registry/m:1 registry/shop-migration:$TAG']],
  ])('pushed: %s', async (_, commands) => {
    expect(await findAround(migrationBy(...commands))).toEqual([]);
  });

  test('neither image is pushed', async () => {
    const neither = migrationBy(migration)['.gitlab-ci.yml']?.replace('--push ', '');
    expect(await findAround(gitlab(neither ?? ''))).toEqual([]);
  });

  test.each([
    ['', true],
    ['push: false', true],
    ['push: true', false],
    ["push: ${{ github.event_name == 'push' }}", false],
    ['outputs: type=image,push=true', false],
  ])('a step of GitHub with `%s`', async (input, isReported) => {
    const found = await findAround(
      github(`on: push
jobs:
  images:
    steps:
      - uses: docker/build-push-action@v6
        with: {push: true, tags: 'registry/shop:\${{ github.sha }}'}
      - uses: docker/build-push-action@v6
        with:
          tags: registry/shop-migration:\${{ github.sha }}
          ${input}
`),
    );
    expect(found.map((each) => each.split(' ')[0])).toEqual(isReported ? ['ci-image-push'] : []);
  });

  /** A pipeline that builds the images which the repository's manifests name, and pushes one of them. */
  const pushing = (pushed: 'myapp' | 'myapp-migration', ...more: readonly string[]) =>
    gitlab(
      `images:\n  script:\n${[
        'docker build -t registry.example.com/myapp:$TAG .',
        'docker build -f Dockerfile.migration -t registry.example.com/myapp-migration:$TAG .',
        `docker push registry.example.com/${pushed}:$TAG`,
        ...more,
      ]
        .map((each) => `    - '${each}'\n`)
        .join('')}`,
    );

  test("the service's image", async () => {
    expect(await findAround(pushing('myapp-migration'))).toEqual([
      'ci-image-push .gitlab-ci.yml:3 registry.example.com/myapp:$TAG',
    ]);
  });

  test('an image that is built twice is reported once, and not at all if one build is pushed', async () => {
    const again = 'docker build --target test -t registry.example.com/myapp-migration:test .';
    expect(await findAround(pushing('myapp', again))).toEqual([
      'ci-image-push .gitlab-ci.yml:4 registry.example.com/myapp-migration:$TAG',
    ]);
    expect(await findAround(pushing('myapp', again.replace('build', 'build --push')))).toEqual([]);
  });

  test('beside a tree without a migration', async () => {
    const tree = { 'web/kustomization.yaml': 'configMapGenerator: [{name: web, literals: [a=b]}]\n' };
    expect(await findAround({ ...pushing('myapp'), ...tree })).toEqual([
      'ci-image-push .gitlab-ci.yml:4 registry.example.com/myapp-migration:$TAG',
    ]);
  });

  /** The repository's manifests, of which some never pull their images. */
  function neverPulling(...kinds: readonly string[]): Record<string, string> {
    const files = cleanRepository();
    for (const kind of kinds) {
      editBase(files, kind, ['spec', 'template', 'spec', 'containers', 0, 'imagePullPolicy'], 'Never');
    }
    return Object.fromEntries(files);
  }

  test.each([
    ["the migration's", ['Job'], []],
    ["the migration's and the service's", ['Job', 'Deployment'], []],
    ["the service's", ['Deployment'], ['ci-image-push .gitlab-ci.yml:4 registry.example.com/myapp-migration:$TAG']],
  ] as const)('images that are never pulled: %s', async (_, kinds, expected) => {
    expect(await findAround({ ...neverPulling(...kinds), ...pushing('myapp') })).toEqual(expected);
  });
});

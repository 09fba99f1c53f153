// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as pipelines hold them.
import { expect, test } from 'vitest';
import { findAround, github, gitlab, messagesAround } from './repository.ts';

const service = '  script: [docker build -t registry/shop:$IMAGE_TAG .]';

/** A pipeline of GitLab with a service's image tagged `$IMAGE_TAG` and the migration's as given. */
function twoJobs(migration: string, top = ''): Record<string, string> {
  return gitlab(`${top}\nservice:\n${service}\nmigration:\n  script:\n${migration}\n`);
}

test.each([
  ['kaniko', '    - /kaniko/executor --dockerfile Dockerfile.migration --destination registry/shop-migration:$X'],
  ['buildah', '    - buildah bud -f Dockerfile.migration -t registry/shop-migration:$X .'],
  ['buildx', '    - docker buildx build --push --tag=registry/shop-migration:$X --build-arg A=b .'],
  ['podman', '    - podman build --build-arg=A=b -t registry/shop-migration:$X .'],
  ['a stage as target', '    - docker build --target migration -t registry/shop:migration-$X .'],
  ['docker tag', '    - docker build -t m .\n    - docker tag m registry/shop-migration:$X'],
  ['crane', '    - crane copy registry/m:1 registry/shop-migration:$X'],
  ['a registry of Azure', '    - az acr build -r registry --image shop-migration:$X -f Dockerfile.migration .'],
  ['skopeo', '    - skopeo copy docker://registry/m:1 docker://registry/shop-migration:$X'],
])('another tag for the migration: %s', async (_, script) => {
  expect(await findAround(twoJobs(script))).toEqual([expect.stringContaining('ci-image-version .gitlab-ci.yml:')]);
  expect(await findAround(twoJobs(script.replaceAll('$X', '${IMAGE_TAG}')))).toEqual([]);
});

test.each([
  [
    'the same by a variable of the pipeline',
    '    - docker build -t registry/shop-migration:$V .',
    'variables:\n  V: $IMAGE_TAG',
  ],
  [
    'the same by its options',
    '    - docker build -t registry/shop-migration:$V .',
    'variables:\n  V: {value: $IMAGE_TAG}',
  ],
  [
    'the same by a default',
    '    - docker build -t registry/shop-migration:$V .',
    'default:\n  before_script: [export V=$IMAGE_TAG]',
  ],
  [
    'what a command prints',
    '    - V=$(git rev-parse --short HEAD)\n    - docker build -t registry/shop-migration:$V .',
    '',
  ],
  [
    'the same with a word more',
    '    - docker build -f Dockerfile.migration -t registry/shop:$IMAGE_TAG-migration .',
    '',
  ],
  ['latest on top', '    - docker build -t registry/shop-migration:latest -t registry/shop-migration:$IMAGE_TAG .', ''],
])('no other tag: %s', async (_, script, top) => {
  expect(await findAround(twoJobs(script, top))).toEqual([]);
});

test('only a tag that moves, where the service has one that stays', async () => {
  const script = '    - docker build -t registry/shop-migration:latest .';
  const pipeline = twoJobs(script)['.gitlab-ci.yml']?.replace('IMAGE_TAG .', 'IMAGE_TAG -t registry/shop:latest .');
  expect(await messagesAround(gitlab(pipeline ?? ''))).toEqual([
    "Job `migration` builds the migration's image with the tag `latest`, but the service's is built with `$IMAGE_TAG`: a release that uses one version for both finds only one of the images.",
  ]);
});

test('jobs that take their script from another', async () => {
  const template = '.build:\n  before_script: [echo]\n  script: [docker build -f $FILE -t registry/$NAME:$TAG .]\n';
  const jobs = (tag: string) =>
    `${template}service:\n  extends: .build\n  variables: {NAME: shop, FILE: Dockerfile, TAG: v1}\n` +
    `migration:\n  extends: [.other, .build]\n  variables: {NAME: shop-migration, FILE: Dockerfile.migration, TAG: ${tag}}\n`;
  expect(await findAround(gitlab(jobs('v1')))).toEqual([]);
  expect(await messagesAround(gitlab(jobs('v2')))).toEqual([
    "Job `migration` builds the migration's image with the tag `v2`, but the service's is built with `v1`: a release that uses one version for both finds only one of the images.",
  ]);
});

test('references, included files by pattern, a child pipeline, a matrix', async () => {
  const build = (tag: string) => `docker build -t registry/shop-migration:${tag} .`;
  const top = `include: {local: /ci/*.yml}\nservice:\n${service}\n`;
  const reference = `${top}migration:\n  script:\n    - !reference [.steps, script]\n`;
  expect(await findAround(gitlab(reference, { 'ci/a.yml': `.steps:\n  script: [${build('v2')}]\n` }))).toEqual([
    'ci-image-version ci/a.yml:2 registry/shop-migration:v2',
  ]);
  const child = `${top}start:\n  trigger: {include: child.yml}\n`;
  expect(await findAround(gitlab(child, { 'child.yml': `m:\n  script: [${build('v2')}]\n` }))).toEqual([
    'ci-image-version child.yml:2 registry/shop-migration:v2',
  ]);
  const matrix =
    'build:\n  parallel:\n    matrix:\n      - NAME: shop\n        TAG: a\n      - NAME: [shop-migration]\n        TAG: b\n' +
    '  script: [docker build -t registry/$NAME:$TAG .]\n';
  expect(await findAround(gitlab(matrix))).toEqual(['ci-image-version .gitlab-ci.yml:8 registry/$NAME:$TAG']);
  expect(await findAround(gitlab(matrix.replace('TAG: b', 'TAG: a')))).toEqual([]);
  expect(
    await findAround(gitlab('include: /.gitlab-ci.yml\n.hidden: {script: [docker build -t a-migration:b .]}\n')),
  ).toEqual([]);
});

/** A workflow of two build steps, or one in a matrix. */
function workflow(job: string, env = ''): string {
  return `on: push\n${env}jobs:\n  images:\n${job.replace(/^/gm, '    ')}\n`;
}

const step = (name: string, tag: string, more = '') =>
  `  - uses: docker/build-push-action@v6\n    with:\n      tags: ghcr.io/me/${name}:${tag}\n${more}`;

test("GitHub's build action", async () => {
  const steps = (tag: string, env = '') =>
    github(workflow(`steps:\n${step('shop', '${{ github.sha }}')}${step('shop-migration', tag)}`, env));
  expect(await findAround(steps('${{ github.ref_name }}'))).toEqual([
    'ci-image-version .github/workflows/release.yaml:10 ghcr.io/me/shop-migration:${{ github.ref_name }}',
  ]);
  expect(await findAround(steps('${{github.sha}}'))).toEqual([]);
  expect(await findAround(steps('${{ env.TAG }}', 'env: {TAG: "${{ github.sha }}"}\n'))).toEqual([]);
  expect(await findAround(steps('${{ env.TAG }}', 'env: {TAG: v1}\n'))).toHaveLength(1);
  expect(await findAround(steps('${{ steps.version.outputs.tag }}'))).toEqual([]);
  expect(await findAround(steps('${{ needs.version.outputs.tag }}'))).toEqual([]);
});

test('a matrix of images', async () => {
  const job = (tag: string) =>
    `strategy:\n  matrix:\n    arch: [amd64]\n    include:\n      - {image: shop, file: Dockerfile, tag: v1}\n` +
    `      - {image: shop-migration, file: Dockerfile.migration, tag: ${tag}}\nsteps:\n` +
    step('${{ matrix.image }}', '${{ matrix.tag }}', '      file: ${{ matrix.file }}\n');
  // An entry without a value of an axis goes to every row, so the last would win: the rows need the axis.
  const rows = (tag: string) => job(tag).replace('    arch: [amd64]\n', '');
  expect(await findAround(github(workflow(rows('v1'))))).toEqual([]);
  expect(await messagesAround(github(workflow(rows('v2'))))).toEqual([
    "Job `images` builds the migration's image with the tag `v2`, but the service's is built with `v1`: a release that uses one version for both finds only one of the images.",
  ]);
  const axis = (tag: string) =>
    `strategy:\n  matrix:\n    image: [{name: shop, tag: v1}, {name: shop-migration, tag: ${tag}}]\nsteps:\n` +
    step('${{ matrix.image.name }}', '${{ matrix.image.tag }}');
  expect(await findAround(github(workflow(axis('v1'))))).toEqual([]);
  expect(await findAround(github(workflow(axis('v2'))))).toHaveLength(1);
});

test('tags of docker/metadata-action, rule by rule', async () => {
  const meta = (id: string, image: string, tags: string) =>
    `  - uses: docker/metadata-action@v5\n    id: ${id}\n    with:\n      images: ghcr.io/me/${image}\n      tags: ${tags}\n` +
    `  - uses: docker/build-push-action@v6\n    with: {tags: "\${{ steps.${id}.outputs.tags }}"}\n`;
  const steps = (one: string, other: string) =>
    github(workflow(`steps:\n${meta('a', 'shop', one)}${meta('b', 'shop-migration', other)}`));
  expect(await findAround(steps('type=sha', 'type=sha'))).toEqual([]);
  expect(await findAround(steps('', ''))).toEqual([]);
  expect(await findAround(steps('type=sha', '"type=raw,value=latest\\ntype=sha"'))).toEqual([]);
  expect(await messagesAround(steps('type=sha', 'type=semver,pattern={{version}}'))).toEqual([
    "Job `images` builds the migration's image with the tag `type=semver,pattern={{version}}`, but the service's is built with `type=sha`: a release that uses one version for both finds only one of the images.",
  ]);
  const mixed = `steps:\n${meta('a', 'shop', 'type=sha')}${step('shop-migration', '${{ github.sha }}')}`;
  expect(await findAround(github(workflow(mixed)))).toEqual([]);
});

test('a workflow and an action of the repository that are called with inputs', async () => {
  const called =
    'on:\n  workflow_call:\n    inputs:\n      image: {type: string}\n      tag: {type: string, default: v1}\njobs:\n  build:\n    steps:\n' +
    '      - uses: docker/build-push-action@v6\n        with: {tags: "ghcr.io/me/${{ inputs.image }}:${{ inputs.tag }}"}\n';
  const caller = (tag: string) =>
    'on: push\njobs:\n  service:\n    uses: ./.github/workflows/build.yml\n    with: {image: shop}\n' +
    `  migration:\n    uses: ./.github/workflows/build.yml\n    with: {image: shop-migration, tag: ${tag}}\n`;
  expect(await findAround(github(caller('v1'), { '.github/workflows/build.yml': called }))).toEqual([]);
  expect(await findAround(github(caller('v2'), { '.github/workflows/build.yml': called }))).toEqual([
    'ci-image-version .github/workflows/build.yml:10 "ghcr.io/me/${{ inputs.image }}:${{ inputs.tag }}"',
  ]);
  const action =
    'inputs:\n  image: {}\n  tag: {default: v1}\nruns:\n  using: composite\n  steps:\n' +
    '    - run: docker build -t ghcr.io/me/${{ inputs.image }}:${{ inputs.tag }} .\n';
  const job = (tag: string) =>
    workflow(
      `steps:\n  - uses: ./.github/actions/build\n    with: {image: shop}\n  - uses: ./.github/actions/build\n    with: {image: shop-migration, tag: ${tag}}`,
    );
  expect(await findAround(github(job('v1'), { '.github/actions/build/action.yml': action }))).toEqual([]);
  expect(await findAround(github(job('v2'), { '.github/actions/build/action.yaml': action }))).toHaveLength(1);
});

test('pipelines that are none', async () => {
  expect(await findAround(gitlab('- a\n'))).toEqual([]);
  expect(await findAround(gitlab('a: [\n'))).toEqual([]);
  expect(
    await findAround(github('jobs: {a: {steps: [{run: [a]}, {uses: ./nowhere}]}, b: {uses: ./nowhere.yml}, c: x}\n')),
  ).toEqual([]);
});

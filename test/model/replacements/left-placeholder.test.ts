import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { findLeftPlaceholders } from '../../../src/model/replacements/left-placeholder.ts';
import { buildTree } from '../../kustomize/build-tree.ts';
import { firstOf } from '../../support/first-of.ts';

interface Written {
  /** Images of the migration, the service and of a worker that waits for the same Job. */
  readonly images?: readonly [job: string, service: string, worker: string];
  readonly workerEnv?: string;
  /** What fills the words. */
  readonly build?: string;
}

function workload(name: string, image: string, env = ''): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  template:
    spec:
      initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, shop-migration-v1]}]
      containers: [{name: main, image: "${image}", env: [${env}]}]
`;
}

/** Replaces the tag of one container's image. */
function target(kind: string, name: string): string {
  return `      - select: {kind: ${kind}, name: ${name}}
        fieldPaths: [spec.template.spec.containers.0.image]
        options: {delimiter: ":", index: 1}
`;
}

function replacing(...targets: readonly string[]): string {
  return `replacements:\n  - source: {kind: ConfigMap, name: release, fieldPath: data.TAG}\n    targets:\n${targets.join('')}`;
}

const jobTarget = target('Job', 'shop-migration-v1');
const serviceTarget = target('Deployment', 'shop');

function leftIn({
  images: [job, service, worker] = ['team/shop-migration:TAG', 'team/shop:TAG', 'team/worker:TAG'],
  workerEnv = '',
  build = replacing(jobTarget, serviceTarget),
}: Written): string[] {
  const root = buildTree({
    'kustomization.yaml': `resources: [all.yaml]\n${build}`,
    'all.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: release}
data: {TAG: v1}
---
apiVersion: batch/v1
kind: Job
metadata: {name: shop-migration-v1}
spec: {template: {spec: {containers: [{name: migrate, image: "${job}", command: [npx, prisma, migrate, deploy]}]}}}
${workload('shop', service)}${workload('worker', worker, workerEnv)}---
apiVersion: apps/v1
kind: Deployment
metadata: {name: stranger}
spec: {template: {spec: {containers: [{name: main, image: "team/stranger:TAG"}]}}}
`,
  });
  const model = firstOf(modelRoots([root], { dialect: '5.8' }));
  return findLeftPlaceholders(model).map(
    ({ workload: { object }, image, word, filled }) =>
      `${object.name.value} ${image.value} ${word}, filled by ${filled.by.by} in ${filled.workload.object.name.value}`,
  );
}

const ofWorker = 'worker team/worker:TAG TAG, filled by replacement in shop-migration-v1';

describe('left-placeholder', () => {
  test.each<[string, Written, string[]]>([
    ['one image is left out', {}, [ofWorker]],
    ['none is', { build: replacing(jobTarget, serviceTarget, target('Deployment', 'worker')) }, []],
    ['the service and its migration are compared', { build: replacing(target('Deployment', 'worker')) }, []],
    ['the build fills nothing', { build: '' }, []],
    ['a target selects nothing', { build: replacing(jobTarget, target('Deployment', 'shopp')) }, []],
    [
      'filled only in another word',
      { images: ['team/shop-migration:VERSION', 'team/shop:VERSION', 'team/worker:TAG'] },
      [],
    ],
    ['a word in lower case', { images: ['team/shop-migration:tag', 'team/shop:tag', 'team/worker:tag'] }, []],
    ['a tag that is no placeholder', { images: ['team/shop-migration:TAG', 'team/shop:TAG', 'team/worker:RC'] }, []],
    ['no tag', { images: ['team/shop-migration:TAG', 'team/shop:TAG', 'team/worker'] }, []],
    [
      'filled by images',
      { build: 'images:\n  - {name: team/shop, newTag: v1}\n  - {name: team/shop-migration, newTag: v1}\n' },
      ['worker team/worker:TAG TAG, filled by image in shop-migration-v1'],
    ],
    ['a part of a longer word', { images: ['team/shop-migration:TAG', 'team/shop:MYTAG', 'team/worker:MY'] }, []],
  ])('%s', (_, written, expected) => {
    expect(leftIn(written)).toEqual(expected);
  });
});

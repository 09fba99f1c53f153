// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { isMeantToBeTagged } from '../../../src/model/unmatched/unmatched-image.ts';
import { buildTree } from '../../kustomize/build-tree.ts';
import { firstOf } from '../../support/first-of.ts';
import { lintRule } from '../../support/lint-rule.ts';
import { testCases } from '../../support/test-cases.ts';

/** Writes a tag into the Job's image. */
const tagReplacement = `replacements:
  - source: {kind: ConfigMap, name: release, fieldPath: data.tag}
    targets:
      - {select: {kind: Job}, fieldPaths: [spec.template.spec.containers.0.image], options: {delimiter: ":", index: 1}}
`;

interface Written {
  /** The entry of `images` in the overlay. */
  readonly entry: string;
  /** The image of the migration Job, in the base. */
  readonly image?: string;
  /** The image of the service that waits. */
  readonly other?: string;
  /** What the kustomizations have besides their resources and the entry. */
  readonly base?: string;
  readonly overlay?: string;
  /** The variables of a Flux Kustomization for the overlay. */
  readonly variables?: string;
  /** A Deployment that has nothing to do with the migration. */
  readonly unrelated?: string;
}

function migration(name: string, image: string): string {
  return `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "${image}", command: [npx, prisma, migrate, deploy]}]}}}
`;
}

/** What `image-no-match` says of an entry in an overlay. */
function lintEntry({
  entry,
  image = 'ghcr.io/acme/orders-migration',
  other = 'ghcr.io/acme/web:v1',
  base = '',
  overlay = '',
  variables,
  unrelated = 'busybox',
}: Written): Promise<string[]> {
  const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: shop, namespace: flux-system}
spec: {path: ./overlay, interval: 1h, prune: true, sourceRef: {kind: GitRepository, name: flux-system}, postBuild: {substitute: {${variables}}}}
`;
  const files = {
    ...(variables === undefined ? {} : { 'cluster/shop.yaml': flux }),
    'base/kustomization.yaml': `resources: [job.yaml, service.yaml]\n${base}`,
    'base/job.yaml': migration('migrate', image),
    'base/service.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: release}
data: {tag: v5}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers: [{name: wait, image: "groundnuty/k8s-wait-for:v2.0", args: [job-wr, migrate]}]
      containers: [{name: main, image: "${other}"}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: report}
spec: {template: {spec: {containers: [{name: main, image: "${unrelated}"}]}}}
`,
    'overlay/kustomization.yaml': `resources: [../base]\nimages: [${entry}]\n${overlay}`,
  };
  return lintRule('image-no-match', files, ['overlay', ...(variables === undefined ? [] : ['cluster'])]);
}

testCases<Written>(
  import.meta.dirname,
  'unmatched-image',
  {
    'a name without its registry': { entry: '{name: orders-migration, newTag: v2}' },
    'a name with another registry': { entry: '{name: docker.io/acme/orders-migration, newTag: v2, newName: other}' },
    'a name with a letter less': { entry: '{name: ghcr.io/acme/order-migration, digest: "sha256:12"}' },
    'a name with two letters more of sixteen': { entry: '{name: ghcr.io/acme/orders-migrations1, tagSuffix: -rc}' },
    'a name with three letters more': { entry: '{name: orders-migrations-x, newTag: v2}' },
    'a short name with another letter': { entry: '{name: wet, newTag: v2}' },
    'a name of six letters with another letter': { entry: '{name: shop-a, newTag: v2}', image: 'shop-b' },
    'a name with another number': { entry: '{name: orders-migration2, newTag: v2}', image: 'orders-migration1' },
    'a name without the number': { entry: '{name: orders-migration, newTag: v2}', image: 'orders-migration1' },
    'a name that the image has': { entry: '{name: ghcr.io/acme/orders-migration, newTag: v2}' },
    'an image with tag and digest': {
      entry: '{name: orders-migration, newTag: v2}',
      image: 'ghcr.io:5000/acme/orders-migration:v1@sha256:12',
    },
    'an entry without effect': { entry: '{name: orders-migration, newTag: ""}' },
    'an entry without a name': { entry: '{newTag: v2}' },
    'of two entries, one without effect': {
      entry: '{name: orders-migration}, {name: orders-migration, newTag: v2}',
    },
    'an image in both workloads': {
      entry: '{name: orders-migration, newTag: v2}',
      other: 'ghcr.io/acme/orders-migration:v1',
    },
    'an image that only another workload runs': { entry: '{name: report, newTag: v2}', unrelated: 'acme/report' },
    'an entry that matches an image outside the release': {
      entry: '{name: orders-migration, newTag: v2}',
      unrelated: 'orders-migration',
    },
    'two images of that name': {
      entry: '{name: orders-migration, newTag: v2}',
      other: 'docker.io/acme/orders-migration:v1',
    },
    'an image with a variable': {
      entry: '{name: orders-migration, newTag: v2}',
      image: 'ghcr.io/acme/orders-migration:${TAG}',
    },
    'an image with a variable beside one without': {
      entry: '{name: orders-migration, newTag: v2}',
      image: 'ghcr.io/acme/orders-migration:${TAG}',
      other: 'ghcr.io/acme/orders-migration',
    },
    'an image with a variable that Flux fills': {
      entry: '{name: orders-migration, newTag: v2}',
      image: 'ghcr.io/acme/orders-migration:${TAG}',
      variables: 'TAG: v2',
    },
    'an image that another entry sets': {
      entry: '{name: orders-migration, newTag: v2}, {name: ghcr.io/acme/orders-migration, newTag: v2}',
    },
    'an image that a replacement sets': {
      entry: '{name: orders-migration, newTag: v2}',
      image: 'ghcr.io/acme/orders-migration:TAG',
      overlay: tagReplacement,
    },
    'a name that the base has changed': {
      entry: '{name: orders, newTag: v2}',
      image: 'orders',
      base: 'images: [{name: orders, newName: ghcr.io/acme/shop}]\n',
    },
    'a name that the base has changed in one of two workloads': {
      entry: '{name: orders, newTag: v2}',
      image: 'orders',
      other: 'ghcr.io/acme/shop',
      base: 'images: [{name: orders, newName: ghcr.io/acme/shop}]\n',
    },
    'a name that an entry of the same file has changed': {
      entry: '{name: orders, newName: ghcr.io/acme/shop}, {name: orders, newTag: v2}',
      image: 'orders',
    },
    'a name that a patch has changed': {
      entry: '{name: orders, newTag: v2}',
      image: 'orders',
      base: `patches:
  - target: {kind: Job}
    patch: |
      - {op: replace, path: /spec/template/spec/containers/0/image, value: ghcr.io/acme/shop}
`,
    },
    'an image that a patch sets after the entry': {
      entry: '{name: web, newTag: v2}',
      base: 'images: [{name: ghcr.io/acme/orders, newTag: v2}]\n',
      overlay: `patches:
  - target: {kind: Job}
    patch: |
      - {op: replace, path: /spec/template/spec/containers/0/image, value: ghcr.io/acme/orders}
`,
      other: 'ghcr.io/acme/shop',
    },
    'an image that a replacement sets in one of two workloads': {
      entry: '{name: orders-migration, newTag: v2}',
      image: 'ghcr.io/acme/orders-migration:TAG',
      other: 'ghcr.io/acme/orders-migration:v1',
      overlay: tagReplacement,
    },
    'a name with another number of several digits': {
      entry: '{name: orders-migration12, newTag: v2}',
      image: 'orders-migration7',
    },
    'a longer name with letters more': {
      entry: '{name: orders-migration, newTag: v2}',
      image: 'orders-migrationxyz',
    },
    'a build with a missing file': {
      entry: '{name: orders-migration, newTag: v2}',
      overlay: 'patches: [{path: a.yaml}]\n',
    },
    'a build with a remote base': {
      entry: '{name: orders-migration, newTag: v2}',
      base: 'components: ["https://github.com/acme/k8s//db?ref=v1"]\n',
    },
  },
  lintEntry,
);

/** The entries of an overlay, and whether the tag of an image is looked for in them. */
function isMeant(entry: string, image: string): boolean {
  const root = buildTree({
    'kustomization.yaml': `resources: [jobs.yaml]\nimages: [${entry}]\n`,
    'jobs.yaml': ['ghcr.io/acme/orders-migration', 'ghcr.io/acme/orders-migration:v1', 'ghcr.io/acme/web']
      .map((each, index) => migration(`job-${index}`, each))
      .join('---\n'),
  });
  const model = firstOf(modelRoots([root], { dialect: '5.8' }));
  const containers = model.jobs.flatMap(({ pod }) => pod.containers);
  return isMeantToBeTagged(model, firstOf(containers.filter((container) => container.image.value === image)).image);
}

describe('unmatched-image: meant to be tagged', () => {
  test.each([
    ['{name: orders-migration, newTag: v2}', 'ghcr.io/acme/orders-migration', true],
    ['{name: orders-migration, newTag: v2}', 'ghcr.io/acme/orders-migration:v1', true],
    ['{name: orders-migration, newTag: v2}', 'ghcr.io/acme/web', false],
    ['{name: orders-migration, newName: shop, digest: "sha256:12"}', 'ghcr.io/acme/orders-migration', true],
    ['{name: orders-migration, newName: shop}', 'ghcr.io/acme/orders-migration', false],
    ['{name: shop, newTag: v2}', 'ghcr.io/acme/orders-migration', false],
  ])('%s: %s', (entry, image, expected) => expect(isMeant(entry, image)).toBe(expected));
});

import { describe, expect, test } from 'vitest';
import { modelRoots } from '../../../src/model/model-roots.ts';
import { findOmittedImages } from '../../../src/model/unmatched/omitted-image.ts';
import { buildTree } from '../../kustomize/build-tree.ts';
import { firstOf } from '../../support/first-of.ts';

interface Written {
  /** The images of the containers, beside that of the migration, which is `shop-job`. */
  readonly images: readonly string[];
  /** Those that have an entry in `images`, and the folder of the registry that it gives them. */
  readonly entries?: readonly string[];
  readonly folder?: string;
  /** Another entry. */
  readonly more?: string;
  readonly command?: string;
  readonly resources?: string;
}

/** The images that have no entry in `images` although those that are named like them have one. */
function omittedIn({
  images,
  entries = ['shop-job', 'shop-web', 'shop-api'],
  folder = 'ghcr.io/acme',
  more = '',
  command = 'npx, prisma, migrate, deploy',
  resources = '',
}: Written): string[] {
  const containers = images.map((image, index) => `{name: c${index}, image: "${image}"}`);
  const root = buildTree({
    'kustomization.yaml': `resources: [job.yaml, service.yaml${resources}]\nimages: [${entries.map((name) => `{name: ${name}, newName: "${folder}/${name}", newTag: v1}`).join(', ')}${more}]\n`,
    'job.yaml': `apiVersion: batch/v1\nkind: Job\nmetadata: {name: first}\nspec: {template: {spec: {containers: [{name: a, image: shop-job, command: [${command}]}]}}}\n`,
    'service.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {template: {spec: {containers: [${containers.join(', ')}]}}}\n`,
  });
  return findOmittedImages(firstOf(modelRoots([root], { dialect: '5.8' }))).map(
    ({ image, prefix, others, folder: home, entry }) =>
      `${image.value}, unlike ${others} of ${prefix} in ${home} (${entry.by})`,
  );
}

const found = ['shop-worker, unlike 3 of shop- in ghcr.io/acme (image)'];

describe('omitted-image', () => {
  test.each<[string, Written, readonly string[]]>([
    ['one that has no entry', { images: ['shop-web', 'shop-api', 'shop-worker'] }, found],
    ['none', { images: ['shop-web', 'shop-api'] }, []],
    ['one in two containers', { images: ['shop-web', 'shop-api', 'shop-worker', 'shop-worker'] }, found],
    ['one of two others', { images: ['shop-web', 'shop-worker'], entries: ['shop-job', 'shop-web'] }, []],
    [
      'two of three',
      { images: ['shop-web', 'shop-api', 'shop-worker', 'shop-cron'] },
      [...found, 'shop-cron, unlike 3 of shop- in ghcr.io/acme (image)'],
    ],
    ['three of three', { images: ['shop-web', 'shop-api', 'shop-worker', 'shop-cron', 'shop-log'] }, []],
    ['one of another project', { images: ['shop-web', 'shop-api', 'stock-worker', 'worker', 'my-shop-worker'] }, []],
    ['one with a registry', { images: ['shop-web', 'shop-api', 'ghcr.io/acme/shop-worker'] }, []],
    ['one with a tag', { images: ['shop-web', 'shop-api', 'shop-worker:v1'] }, []],
    ['one with a digest', { images: ['shop-web', 'shop-api', `shop-worker@sha256:${'0'.repeat(64)}`] }, []],
    [
      'one with an entry for its tag',
      { images: ['shop-web', 'shop-api', 'shop-worker'], more: ', {name: shop-worker, newTag: v1}' },
      [],
    ],
    [
      'others in two folders',
      {
        images: ['shop-web', 'shop-api', 'shop-cron', 'shop-worker'],
        more: ', {name: shop-cron, newName: ghcr.io/other/shop-cron}',
      },
      [],
    ],
    [
      'others that get names without a registry',
      { images: ['shop-web', 'shop-api', 'shop-worker'], entries: [], more: '{name: shop-web, newName: shop-site}' },
      [],
    ],
    ['a tree without a migration', { images: ['shop-web', 'shop-api', 'shop-worker'], command: 'node, a.js' }, []],
    [
      'a tree of which a part is missing',
      { images: ['shop-web', 'shop-api', 'shop-worker'], resources: ', no.yaml' },
      [],
    ],
  ])('%s', (_, written, expected) => {
    expect(omittedIn(written)).toEqual(expected);
  });
});

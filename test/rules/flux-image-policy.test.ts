// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux fills.
import { describe, expect, test } from 'vitest';
import { lintRule } from '../support/lint-rule.ts';

const of = (kind: string, name: string, namespace: string, spec: string): string =>
  `apiVersion: image.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata: {name: ${name}${namespace && `, namespace: ${namespace}`}}\nspec: ${spec}\n---\n`;
const policy = (name: string, namespace = 'flux-system', repository = 'shop') =>
  of(
    'ImagePolicy',
    name,
    namespace,
    `{imageRepositoryRef: ${repository.includes('{') ? repository : `{name: ${repository}}`}}`,
  );
const repository = (name: string, namespace = 'flux-system') =>
  of('ImageRepository', name, namespace, '{image: registry.example.com/shop}');
const automation = (path = '', namespace = 'flux-system', name = 'apps') =>
  of('ImageUpdateAutomation', name, namespace, path === '' ? '{interval: 1h}' : `{update: {path: "${path}"}}`);
const all = [automation(), repository('shop'), policy('shop-policy')].join('');

const job = (marker: string) =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop-migration-v1}\nspec:\n  backoffLimit: 0\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n        - name: migrate\n          image: registry.example.com/shop:v1 # {"$imagepolicy": "${marker}"}\n          command: [npx, prisma, migrate, deploy]\n`;

/** The messages of the rule for a migration's image with this marker, beside these objects. */
async function judge(marker: string, objects: string, more: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const lines = await lintRule('flux-image-policy', {
    'apps/shop/job.yaml': job(marker),
    'apps/shop/kustomization.yaml': 'resources: [job.yaml]\n',
    'clusters/images.yaml': objects,
    ...more,
  });
  return lines.filter((line) => /^(flux-image-policy|build-error): /.test(line));
}

const found = [expect.stringContaining('flux-image-policy')];

describe('flux-image-policy: a policy that is not there', () => {
  test.each([
    ['one of a similar name', 'flux-system:shop-polcy', policy('shop-policy')],
    ['the same name in another namespace', 'apps:shop-policy', policy('shop-policy')],
    ['others beside the automation', 'flux-system:web', all],
  ])('although there is: %s', async (_, marker, objects) => {
    expect(await judge(marker, objects)).toEqual(found);
  });

  test.each([
    ['it is there', 'flux-system:shop-policy', all],
    ['it is there, and the marker asks for a field', 'flux-system:shop-policy:digest', all],
    ['the trees have no policies', 'flux-system:web', automation()],
    ['the trees have no automation', 'flux-system:web', policy('shop-policy') + repository('shop')],
    ['those of another namespace are here', 'apps:web', all],
    ['a name that a variable fills', 'flux-system:web', all + policy('"${NAME}-policy"')],
    ['a namespace that is not known', 'apps:shop-policy', all.replaceAll(', namespace: flux-system', '')],
    ['a marker of a template', '${NAMESPACE}:web', all],
    ['a name with digits, which may be meant', 'flux-system:shop-policy2', policy('shop-policy1')],
  ])('not when %s', async (_, marker, objects) => {
    expect(await judge(marker, objects)).toEqual([]);
  });

  test('not when a part of the tree with the others is left out', async () => {
    const files = {
      'clusters/kustomization.yaml': 'resources: [images.yaml, "https://example.com/policies?ref=v1"]\n',
    };
    expect(await judge('flux-system:web', all, files)).toEqual([]);
    expect(await judge('flux-system:shop-polcy', all, files)).toEqual(found);
  });

  test('not in a tree without a migration', async () => {
    const config =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  TAG: v1 # {"$imagepolicy": "shop"}\n';
    expect(await judge('flux-system:shop-policy', all, { 'apps/web/config.yaml': config })).toEqual([]);
    expect(await judge('flux-system:shop-policy', all, { 'apps/shop/job.yaml': config })).toEqual([]);
  });
});

describe('flux-image-policy: an ImageRepository', () => {
  test.each([
    [
      'of a similar name',
      all.replace('ref: {name: shop}', 'ref: {name: shop}') +
        policy('web', 'flux-system', 'webshop') +
        repository('webshops'),
    ],
    ['of the same name in another namespace', automation() + repository('shop', 'apps') + policy('web')],
    ['that is not there, although others are', all + policy('web', 'flux-system', 'other')],
  ])('%s', async (_, objects) => {
    expect(await judge('flux-system:web', objects)).toEqual([expect.stringContaining('takes its tags from')]);
  });

  test.each([
    [
      'in the namespace that is named',
      automation() + repository('shop', 'apps') + policy('web', 'flux-system', '{name: shop, namespace: apps}'),
    ],
    ['of trees without any', automation() + policy('web')],
    ['that is not named', all + policy('web', 'flux-system', '{}')],
    ['of a policy that no marker names', all + policy('web', 'flux-system', 'other'), 'flux-system:shop-policy'],
  ])('not %s', async (_, objects, marker = 'flux-system:web') => {
    expect(await judge(marker, objects)).toEqual([]);
  });
});

describe('flux-image-policy: automations', () => {
  const rest = repository('shop') + policy('shop-policy');

  test.each([
    ['none in the namespace of the policy', automation('', 'apps')],
    ['of another folder', automation('./clusters')],
    ['of two other folders', automation('clusters/') + automation('/apps/web', 'flux-system', 'web')],
  ])('%s', async (_, objects) => {
    const web = { 'apps/web/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n' };
    expect(await judge('flux-system:shop-policy', objects + rest, web)).toEqual(found);
  });

  test.each([
    ['of the top', automation('.')],
    ['of the top, by a slash', automation('/')],
    ['of the folder', automation('./apps/shop/')],
    ['of one folder of two', automation('./clusters') + automation('./apps', 'flux-system', 'shop')],
    ['of a folder that is not here', automation('./deploy')],
    ['of a folder that a variable names', automation('./${CLUSTER}')],
    ['of another namespace', automation('./clusters', 'apps') + automation()],
    ['that are not here', ''],
  ])('not %s', async (_, objects) => {
    expect(await judge('flux-system:shop-policy', objects + rest)).toEqual([]);
  });
});

describe('flux-image-policy: what it says', () => {
  const rest = repository('shop') + policy('shop-policy');

  /** The lines about a marker: the message, the related places and the hint. */
  async function describeMarker(marker: string, objects: string): Promise<string[]> {
    const lines = await lintRule('flux-image-policy', {
      'apps/shop/job.yaml': job(marker),
      'apps/shop/kustomization.yaml': 'resources: [job.yaml]\n',
      'apps/web/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n',
      'clusters/images.yaml': objects,
    });
    return lines.filter((line) => !line.startsWith('at ') && !line.startsWith('edit '));
  }

  test('of a file outside of two folders', async () => {
    const objects = automation('clusters/') + automation('/apps/web', 'flux-system', 'web') + rest;
    expect(await describeMarker('flux-system:shop-policy', objects)).toEqual([
      'flux-image-policy: The file of this marker is outside `clusters/` and `/apps/web`, which are what the image automations update: nothing ever writes a new version here.',
      'ImageUpdateAutomation `apps` updates this folder: "\\"clusters/\\"" of clusters/images.yaml',
      'ImageUpdateAutomation `web` updates this folder: "\\"/apps/web\\"" of clusters/images.yaml',
      'help: Let `spec.update.path` be a folder that holds the file, or remove the marker.',
    ]);
  });

  test('of a policy whose repository is missing', async () => {
    const others = repository('shop') + policy('web', 'flux-system', 'invoices');
    expect(await describeMarker('flux-system:web', automation() + others)).toEqual([
      'flux-image-policy: ImagePolicy `web`, which a marker of this tree names, takes its tags from ImageRepository `invoices`, which is not in the given trees: it never becomes ready, and nothing writes a new version.',
      'help: Add the ImageRepository.',
    ]);
  });

  test('of a policy that nothing resembles', async () => {
    expect(await describeMarker('flux-system:invoices', automation() + rest)).toEqual([
      "flux-image-policy: The marker names ImagePolicy `flux-system:invoices`, which is not in the given trees: Flux's image automation ignores a marker without a policy, and nothing ever writes a new version here.",
      'help: Add the ImagePolicy, or name one that exists.',
    ]);
  });
});

import { expect, test } from 'vitest';
import { printBuild } from '../../../src/kustomize/print-build.ts';
import { followTree, kustomization, showProblems } from '../tree.ts';

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec: {containers: [{name: shop, image: shop:v1}]}\n';

/** What Flux builds of a folder with a Pod in it. */
function build(spec: string, text: string) {
  const { flux } = followTree({
    'flux.yaml': kustomization('shop', './shop', spec),
    'shop/pod.yaml': pod,
    'shop/kustomization.yaml': text,
  });
  const root = flux.get('shop');
  if (root === undefined) throw new Error('the Kustomization was not followed');
  return { text: printBuild(root).text, problems: showProblems([root], 200) };
}

test.each([
  ['{newTag: v3}', '{newTag: v2}', 'shop:v3'],
  ['{newTag: v3}', '{newName: web, newTag: v2}', 'web:v3'],
  ['{newName: cart}', '{newName: web, newTag: v2}', 'cart:v2'],
  ['{digest: "sha256:b"}', '{newTag: v2}', 'shop@sha256:b'],
  ['{newTag: v3}', '{digest: "sha256:a"}', 'shop:v3'],
  ['{newTag: ""}', '{newTag: v2}', 'shop:v2'],
])("Flux's image %s over the kustomization's %s: %s", (ofFlux, own, image) => {
  const named = (fields: string) => `images: [${fields.replace('{', '{name: shop, ')}]`;
  const { text, problems } = build(named(ofFlux), `resources: [pod.yaml]\n${named(own)}\n`);
  expect(problems).toEqual([]);
  expect(text).toContain(`  - image: ${image}\n`);
});

test.each(['/parts/a', 'https://example.com/a', 'github.com/org/repo'])('the component %s is none for Flux', (path) => {
  const { text, problems } = build(`components: ["${path}"]`, 'resources: [pod.yaml]\n');
  expect(text).toBe('');
  expect(problems).toEqual([
    `error flux.yaml:"${path}" the component \`${path}\` must be a path relative to \`spec.path\`; Flux takes no other`,
  ]);
});

test('a kustomization without resources is not empty for Flux', () => {
  expect(build('prune: true', 'resources: []\n')).toEqual({ text: '', problems: [] });
});

test('one that has only `bases` is without resources for Flux, which then notes origins', () => {
  const { flux } = followTree({
    'flux.yaml': kustomization('shop', './shop', 'prune: true'),
    'base/pod.yaml': pod,
    'base/kustomization.yaml': 'resources: [pod.yaml]\n',
    'shop/kustomization.yaml': 'bases: [../base]\n',
  });
  const root = flux.get('shop');
  if (root === undefined) throw new Error('the Kustomization was not followed');
  expect(printBuild(root).text).toContain('    config.kubernetes.io/origin: |\n      path: ../base/pod.yaml\n');
});

test.each([
  ['{app: shop}', '    app: shop\n'],
  ['{app: shop, version: 2}', ''],
  ['{app: shop, version: "2"}', '    app: shop\n    kustomize.toolkit.fluxcd.io/name: shop\n'],
])('of the labels %s Flux keeps all or none', (labels, kept) => {
  const { text } = build(
    'prune: true',
    `resources: [pod.yaml]\npatches:\n  - {target: {kind: Pod}, patch: '- {op: add, path: /metadata/labels, value: ${labels}}'}\n`,
  );
  expect(text).toContain(`  labels:\n${kept}`);
  expect(text.includes('app: shop')).toBe(kept !== '');
});

import { describe, expect, test } from 'vitest';
import { readKustomizationEntries } from '../../../src/model/unmatched/kustomization-entry.ts';
import { buildTree } from '../../kustomize/build-tree.ts';

/** The entries of a tree, as lines. */
function entriesOf(tree: Readonly<Record<string, string>>): string[] {
  const { patches, images } = readKustomizationEntries(buildTree(tree));
  return [
    ...patches.map(({ place, matched, target }) => {
      const fields = [...target].map(([key, { value }]) => `${key} ${value}`).join(', ');
      return `patch for ${fields} at ${place.at.start} of ${place.at.file.path}: ${matched}`;
    }),
    ...images.map(
      ({ name, matched, sets }) =>
        `image ${name.value} with ${sets.join(', ') || 'nothing'}: ${matched > 0 ? 'found' : 'not found'}`,
    ),
  ];
}

const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: a, image: shop}, {name: b, image: shop}]}\n`;
const json = 'patch: |\n      - {op: add, path: /metadata/labels, value: {a: b}}\n';
const patchFor = (target: string): string => `  - target: {${target}}\n    ${json}`;

describe('kustomization-entry', () => {
  test('images', () => {
    const images = [
      '{name: shop, newTag: v1, newName: web, digest: "sha256:12", tagSuffix: -x}',
      '{name: web, newTag: ""}',
      '{name: other, newName: o}',
    ];
    const tree = {
      'kustomization.yaml': `resources: [pod.yaml]\nimages: [${images.join(', ')}]\n`,
      'pod.yaml': pod('p'),
    };
    expect(entriesOf(tree)).toEqual([
      'image shop with newName, newTag, tagSuffix, digest: found',
      'image web with nothing: found',
      'image other with newName: not found',
    ]);
  });

  test('patches, old and new', () => {
    const tree = {
      'kustomization.yaml': `resources: [pod.yaml]\npatches:\n${patchFor('kind: Pod')}${patchFor('kind: Job, name: x')}patchesJson6902:\n  - target: {version: v1, kind: Pod, name: p}\n    ${json}`,
      'pod.yaml': pod('p'),
    };
    expect(entriesOf(tree)).toEqual([
      'patch for kind Pod at 35 of /tree/kustomization.yaml: 1',
      'patch for kind Job, name x at 129 of /tree/kustomization.yaml: 0',
      'patch for version v1, kind Pod, name p at 249 of /tree/kustomization.yaml: 1',
    ]);
  });

  test('a component that is built several times has each entry once, with the sum of its matches', () => {
    const base = 'components: [../c]\n';
    const tree = {
      'root/kustomization.yaml': 'resources: [../one, ../two, ../none]\n',
      'one/kustomization.yaml': `${base}resources: [pod.yaml]\n`,
      'one/pod.yaml': pod('p'),
      'two/kustomization.yaml': `${base}resources: [pod.yaml]\n`,
      'two/pod.yaml': pod('q'),
      'none/kustomization.yaml': `${base}resources: [map.yaml]\n`,
      'none/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n',
      'c/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n${patchFor('kind: Pod')}images: [{name: shop, newTag: v1}, {name: x, newTag: v1}]\n`,
    };
    expect(entriesOf(tree)).toEqual([
      'patch for kind Pod at 74 of /tree/c/kustomization.yaml: 2',
      'image shop with newTag: found',
      'image x with newTag: not found',
    ]);
  });
});

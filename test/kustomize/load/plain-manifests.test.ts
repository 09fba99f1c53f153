import { describe, expect, test } from 'vitest';
import { buildManifests } from '../../../src/kustomize/build.ts';
import { SourceCache } from '../../../src/source/source-cache.ts';
import { memoryFileSystem, placeFiles } from '../../support/memory-file-system.ts';

const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: shop}\n';

/** The names of the objects in a manifest, and the problems with it. */
function read(text: string): { names: string[]; problems: string[] } {
  const sources = new SourceCache(memoryFileSystem(placeFiles('/w', { 'shop.yaml': text })));
  const { resources, problems } = buildManifests('/w', ['/w/shop.yaml'], {}, sources);
  return { names: resources.map(({ name }) => name), problems: problems.map(({ message }) => message) };
}

describe('plain manifests', () => {
  test.each([
    'apiVersion: kbld.k14s.io/v1alpha1\nkind: Config\nsources: []\n',
    'apiVersion: kapp.k14s.io/v1alpha1\nkind: Config\nrebaseRules: []\n',
    'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n',
    'apiVersion: skaffold/v4beta6\nkind: Config\n',
  ])('a setting of a tool is no object: %s', (setting) =>
    expect(read(`${service}---\n${setting}`)).toEqual({ names: ['shop'], problems: [] }),
  );

  test('an object without a name is refused', () =>
    expect(read(`${service}---\napiVersion: example.com/v1\nkind: Config\n`)).toEqual({
      names: [],
      problems: ['a Config without `metadata.name` cannot be built; name this Config, or take the document out'],
    }));
});

import { expect, test } from 'vitest';
import { buildRoot } from '../../../src/kustomize/build.ts';
import { memoryFileSystem } from '../../../src/source/memory-file-system.ts';
import { SourceCache } from '../../../src/source/source-cache.ts';
import { buildFiles, configMap, textOf } from './build-files.ts';

const files = {
  '/base/kustomization.yaml':
    'resources: [cm.yaml]\nlabels: [{pairs: {a: b}}]\nconfigMapGenerator: [{name: made, literals: [x=1]}]\n',
  '/base/cm.yaml': configMap('a'),
  '/base/patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {list: "1"}\n',
  '/one/kustomization.yaml': 'resources: [../base]\nnamePrefix: one-\ncommonAnnotations: {note: one}\n',
  '/two/kustomization.yaml': 'resources: [../base]\nnamespace: two\npatches: [{path: ../base/patch.yaml}]\n',
  '/both/kustomization.yaml': 'resources: [../one, ../two]\n',
};

test('roots that share files leave each other alone', () => {
  const sources = new SourceCache(memoryFileSystem(files));
  const directories = ['/one', '/two', '/both', '/one', '/base', '/two'];
  for (const directory of directories) {
    const alone = textOf(buildFiles(files, directory, { loadRestrictor: 'none' }));
    expect(textOf(buildRoot(directory, { loadRestrictor: 'none' }, sources))).toBe(alone);
  }
});

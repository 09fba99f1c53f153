import { describe, expect, test } from 'vitest';
import { buildRoot } from '../../src/kustomize/build.ts';
import { printBuild } from '../../src/kustomize/print-build.ts';
import { getPath } from '../../src/source/node.ts';
import { SourceCache } from '../../src/source/source-cache.ts';
import { memoryFileSystem } from '../support/memory-file-system.ts';
import { buildFiles, configMap, problemsOf, textOf } from './build-files.ts';

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

describe('a base is built once for all roots that include it', () => {
  const deployment =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec: {template: {spec: {containers: [{name: api, image: "api:TAG"}]}}}\n';
  const shared = {
    '/base/kustomization.yaml': [
      'resources: [api.yaml, cm.yaml, ../more]',
      'commonLabels: {app: api}',
      'replacements:',
      '  - source: {kind: ConfigMap, name: a, fieldPath: data.tag}',
      '    targets: [{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.0.image"]}]',
    ].join('\n'),
    '/base/api.yaml': deployment,
    '/base/cm.yaml': configMap('a', '{tag: v1}'),
    '/more/kustomization.yaml': 'resources: [cm.yaml]\n',
    '/more/cm.yaml': configMap('more'),
    // A label that was added in several places is one value, so that a patch of one changes all.
    '/label/kustomization.yaml':
      'resources: [../base]\npatches: [{patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: api, labels: {app: other}}}"}]\n',
    '/value/kustomization.yaml':
      'resources: [../base]\npatches: [{patch: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {tag: v2}}"}]\n',
    '/notes/kustomization.yaml': 'resources: [../base]\nbuildMetadata: [originAnnotations]\n',
    '/more/leaf/kustomization.yaml': 'resources: [../../base]\n',
  };
  const roots = ['/label', '/value', '/notes', '/more/leaf', '/base', '/label', '/value'];

  test('and what each makes of it is its own', () => {
    const sources = new SourceCache(memoryFileSystem(shared));
    for (const directory of roots) {
      const [alone, built] = [buildFiles(shared, directory), buildRoot(directory, {}, sources)];
      expect(problemsOf(built)).toEqual(problemsOf(alone));
      expect(printBuild(built)).toEqual({ ...printBuild(alone), problems: built.problems });
      expect(built.files.map(({ path }) => path)).toEqual(alone.files.map(({ path }) => path));
      expect(built.resources.map(({ listedIn }) => listedIn.length)).toEqual(
        alone.resources.map(({ listedIn }) => listedIn.length),
      );
    }
  });

  test('with traces that lead to its own objects', () => {
    const sources = new SourceCache(memoryFileSystem(shared));
    const built = ['/label', '/value', '/value'].map((directory) => buildRoot(directory, {}, sources));
    for (const { replacements, resources } of built) {
      const [deploymentOf, configMapOf] = ['Deployment', 'ConfigMap'].map((kind) =>
        resources.find((resource) => resource.kind === kind),
      );
      expect(replacements).toHaveLength(1);
      const { source, value, targets } = replacements[0] ?? {};
      expect(source).toBe(configMapOf);
      expect(value).toBe(getPath(configMapOf?.node, ['data', 'tag']));
      expect(targets?.map(({ selected }) => selected)).toEqual([[deploymentOf]]);
      const image = getPath(deploymentOf?.node, ['spec', 'template', 'spec', 'containers', 0, 'image']);
      expect(targets?.[0]?.writes[0]?.fields[0]).toBe(image);
    }
  });

  test('but not where including it makes a circle', () => {
    const sources = new SourceCache(memoryFileSystem(shared));
    buildRoot('/label', {}, sources);
    expect(problemsOf(buildRoot('/more/leaf', {}, sources))).toEqual([
      '/base/kustomization.yaml:1:32 error: `../more` contains a folder that is being built, so the build would go round in a circle; remove it',
    ]);
  });
});

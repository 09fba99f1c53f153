import { describe, expect, test } from 'vitest';
import { printBuild } from '../../src/kustomize/print-build.ts';
import { buildFiles, configMap, namesOf, problemsOf } from './build-files.ts';

const remoteBase = 'https://github.com/org/repo//deploy?ref=v1';

describe('what takes the network or another program', () => {
  test.each([
    ['a URL', remoteBase, `the remote resource \`${remoteBase}\``],
    ['a repository', 'github.com/org/repo/deploy?ref=v1', 'the repository `github.com/org/repo/deploy?ref=v1`'],
    ['a repository by SSH', 'git@example.com:org/repo', 'the repository `git@example.com:org/repo`'],
  ])('%s is reported on its line and the rest is built', (_, path, what) => {
    const root = buildFiles({
      '/kustomization.yaml': `resources:\n  - ${path}\n  - cm.yaml\nnamePrefix: x-\n`,
      '/cm.yaml': configMap('a'),
    });
    expect(problemsOf(root)).toEqual([
      `/kustomization.yaml:2:5 incomplete: ${what} is left out, since migrate-lint fetches nothing (\`--remote-cache DIR\` takes it from a folder that you fill); what it would add is not checked`,
    ]);
    expect(namesOf(root)).toEqual(['ConfigMap/x-a']);
    expect(printBuild(root).text).toBe('');
  });

  test('charts, in either spelling, and plugins that are not built in', () => {
    const root = buildFiles({
      '/kustomization.yaml': [
        'helmCharts: [{name: one}]',
        'helmChartInflationGenerator: [{chartName: two}]',
        'generators: [made.yaml]',
      ].join('\n'),
      '/made.yaml': 'apiVersion: example.com/v1\nkind: Maker\nmetadata: {name: m}\n',
    });
    expect(problemsOf(root).map((problem) => problem.split(' is left out')[0])).toEqual([
      '/kustomization.yaml:3:14 incomplete: the plugin Maker (example.com/v1)',
      '/kustomization.yaml:1:21 incomplete: the Helm chart `one`',
      '/kustomization.yaml:2:43 incomplete: the Helm chart `two`',
    ]);
  });

  test('a step that fails afterwards may be about what was left out', () => {
    const files = {
      '/kustomization.yaml': `resources: ['${remoteBase}']\npatches: [{path: p.yaml}]\n`,
      '/p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: far}\n',
    };
    const [, second] = problemsOf(buildFiles(files));
    expect(second).toMatch(
      /^\/p.yaml:\d+:\d+ incomplete: perhaps only because of what is left out: no object here is /,
    );
    const alone = buildFiles({ ...files, '/kustomization.yaml': 'patches: [{path: p.yaml}]\n' });
    expect(alone.problems.map(({ kind }) => kind)).toEqual(['error']);
  });

  test('a generator that merges into something left out', () => {
    const root = buildFiles({
      '/kustomization.yaml': `resources: ['${remoteBase}']\nconfigMapGenerator: [{name: far, behavior: merge}]\n`,
    });
    expect(root.problems.map(({ kind }) => kind)).toEqual(['incomplete', 'incomplete']);
  });
});

describe('fields of a Flux Kustomization in a kustomization file', () => {
  const files = {
    '/kustomization.yaml': 'resources: [cm.yaml]\nspec:\n  prune: true\nwait: true\n',
    '/cm.yaml': configMap('a'),
  };

  test('each is an error, and the rest is built as without them', () => {
    const root = buildFiles(files);
    const tail =
      'Flux Kustomizations have it, which are objects of their own, and a kustomization file has no field of this name; remove it';
    expect(problemsOf(root)).toEqual([
      `/kustomization.yaml:2:1 error: unknown field \`spec\`: ${tail}`,
      `/kustomization.yaml:4:1 error: unknown field \`wait\`: ${tail}`,
    ]);
    expect(namesOf(root)).toEqual(['ConfigMap/a']);
    expect(printBuild(root).text).toBe('');
  });

  test('an error in the rest is reported beside them', () => {
    const root = buildFiles({ ...files, '/cm.yaml': 'a: b: c\n' });
    expect(root.problems.map(({ kind, at }) => `${kind} ${at.file.path}`)).toEqual([
      'error /kustomization.yaml',
      'error /kustomization.yaml',
      'error /cm.yaml',
    ]);
  });

  test('a base with such a field is reported once, and other fields end the build', () => {
    const base = { '/base/kustomization.yaml': files['/kustomization.yaml'], '/base/cm.yaml': configMap('a') };
    const overlays = {
      '/a/kustomization.yaml': 'resources: [../base]\nnamePrefix: a-\n',
      '/b/kustomization.yaml': 'resources: [../base]\nnamePrefix: b-\n',
      '/kustomization.yaml': 'resources: [a, b]\n',
    };
    const root = buildFiles({ ...base, ...overlays });
    expect([problemsOf(root).length, namesOf(root)]).toEqual([2, ['ConfigMap/a-a', 'ConfigMap/b-a']]);
    expect(namesOf(buildFiles({ ...files, '/kustomization.yaml': 'resources: [cm.yaml]\nmanifests: []\n' }))).toEqual(
      [],
    );
  });
});

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

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildRoot } from '../../../src/kustomize/build.ts';
import { dialects } from '../../../src/kustomize/dialect.ts';
import { SourceCache } from '../../../src/source/source-cache.ts';
import { enter } from '../../support/disk.ts';
import type { MemoryFile } from '../../support/memory-file-system.ts';
import { buildFiles, configMap, namesOf, problemsOf, textOf } from '../build-files.ts';

const fixture = join(import.meta.dirname, '../../../fixtures/remote-cache');

describe('a remote cache', () => {
  // Recorded from both, with the cache's repositories in /srv and its files served on port 8099.
  test.each(dialects)('builds and annotates what kustomize %s fetches', (dialect) => {
    const remoteCache = enter(join(fixture, 'cache'));
    const root = buildRoot(enter(join(fixture, 'input')), { dialect, remoteCache }, new SourceCache());
    expect(textOf(root)).toBe(readFileSync(join(fixture, 'expected.yaml'), 'utf8'));
  });

  test.each([
    ['https://github.com/org/repo//deploy?ref=v1', '/cache/github.com/org/repo@v1/deploy'],
    ['https://user@GitHub.com:443/org/repo.git/deploy?version=v1', '/cache/github.com/org/repo@v1/deploy'],
    ['git@example.com:org/repo.git//deploy', '/cache/example.com/org/repo/deploy'],
    ['ssh://git@example.com:2222/org/repo/deploy?ref=release/1.2', '/cache/example.com/org/repo@release/1.2/deploy'],
    ['https://dev.azure.com/org/project/_git/repo/deploy', '/cache/dev.azure.com/org/project/_git/repo/deploy'],
  ])('has %s in %s', (path, folder) => {
    const root = buildFiles(
      {
        '/tree/kustomization.yaml': `resources: ['${path}']\n`,
        [`${folder}/kustomization.yaml`]: 'resources: [cm.yaml]\n',
        [`${folder}/cm.yaml`]: configMap('far'),
      },
      '/tree',
      { remoteCache: '/cache' },
    );
    expect(problemsOf(root)).toEqual([]);
    expect(namesOf(root)).toEqual(['ConfigMap/far']);
  });

  test('has a file where wget -x puts it', () => {
    const root = buildFiles(
      {
        '/tree/kustomization.yaml': "resources: ['https://example.com/a/b.yaml?token=x']\n",
        '/cache/example.com/a/b.yaml': configMap('far'),
      },
      '/tree',
      { remoteCache: '/cache' },
    );
    expect(namesOf(root)).toEqual(['ConfigMap/far']);
  });

  test('says where it has looked for what it has not', () => {
    const root = buildFiles(
      {
        '/tree/kustomization.yaml': [
          'resources: ["github.com/org/repo/deploy?ref=v1", cm.yaml]',
          'components: [git@example.com:org/repo]',
          'patches: [{path: https://example.com/p.yaml}]',
          'replacements: [{path: https://example.com/r.yaml}]',
          'configurations: [https://example.com/c.yaml]',
          'crds: [https://example.com/d.yaml]',
          'openapi: {path: https://example.com/o.json}',
          'secretGenerator: [{name: s, files: [a=https://example.com/s.txt]}]',
          'namePrefix: x-',
        ].join('\n'),
        '/tree/cm.yaml': configMap('near'),
        '/cache/example.com/unused': '',
      },
      '/tree',
      { remoteCache: '/cache' },
    );
    const lines = problemsOf(root).map((problem) => problem.split('/tree/kustomization.yaml:')[1]);
    expect(lines.sort()).toEqual(
      [
        ['1:13', 'the repository', 'github.com/org/repo/deploy?ref=v1', 'github.com/org/repo@v1'],
        ['2:14', 'the repository', 'git@example.com:org/repo', 'example.com/org/repo'],
        ['3:18', 'the remote resource', 'https://example.com/p.yaml', 'example.com/p.yaml'],
        ['4:23', 'the remote resource', 'https://example.com/r.yaml', 'example.com/r.yaml'],
        ['5:18', 'the remote resource', 'https://example.com/c.yaml', 'example.com/c.yaml'],
        ['6:8', 'the remote resource', 'https://example.com/d.yaml', 'example.com/d.yaml'],
        ['7:17', 'the remote resource', 'https://example.com/o.json', 'example.com/o.json'],
        ['8:37', 'the remote resource', 'https://example.com/s.txt', 'example.com/s.txt'],
      ].map(
        ([at, what, asked, place]) =>
          `${at} incomplete: ${what} \`${asked}\` is left out, since the remote cache has no \`/cache/${place}\`; what it would add is not checked`,
      ),
    );
    expect(namesOf(root)).toEqual(['ConfigMap/x-near']);
  });
});

describe('a kustomization of the remote cache', () => {
  const cached = (files: Readonly<Record<string, MemoryFile>>, entry = 'https://example.com/org/repo//app') =>
    problemsOf(
      buildFiles({ '/tree/kustomization.yaml': `resources: ['${entry}']\n`, ...files }, '/tree', {
        remoteCache: '/tree/cache',
        loadRestrictor: 'none',
      }),
    );
  const app = '/tree/cache/example.com/org/repo/app';

  test('stays in its repository', () => {
    expect(
      cached({
        [`${app}/kustomization.yaml`]: 'resources: [../../other]\n',
        '/tree/cache/example.com/org/other/kustomization.yaml': 'namePrefix: x-\n',
      }),
    ).toEqual([
      `${app}/kustomization.yaml:1:13 error: \`../../other\` leads out of the repository \`https://example.com/org/repo//app\`, which kustomize refuses`,
    ]);
  });

  test('reads files below itself only, whatever the load restrictor', () => {
    const [problem] = cached({
      [`${app}/kustomization.yaml`]: 'resources: [../cm.yaml]\n',
      '/tree/cache/example.com/org/repo/cm.yaml': configMap('a'),
    });
    expect(problem).toMatch(/error: `..\/cm.yaml` is outside of this kustomization's folder/);
  });

  test('may include another repository, but not itself', () => {
    const other = '/tree/cache/example.com/org/other';
    const files = {
      [`${app}/kustomization.yaml`]: 'resources: [https://example.com/org/other]\n',
      [`${other}/kustomization.yaml`]: 'resources: [cm.yaml]\n',
      [`${other}/cm.yaml`]: configMap('a'),
    };
    expect(cached(files)).toEqual([]);
    expect(
      cached({ ...files, [`${other}/kustomization.yaml`]: 'resources: [https://example.com/org/repo//app]\n' }),
    ).toEqual([
      `${other}/kustomization.yaml:1:13 error: the repository \`https://example.com/org/repo//app\` includes itself; remove this entry`,
    ]);
  });

  test('must be there', () => {
    expect(cached({ '/tree/cache/example.com/org/repo/README.md': '' })).toEqual([
      '/tree/kustomization.yaml:1:13 error: the clone `/tree/cache/example.com/org/repo` has no folder `app`; correct the path, or fetch the clone again',
    ]);
  });

  test.each([
    ['by ..', 'https://example.com/../../secret//.', {}],
    ['by a link', 'https://example.com/org/link', { '/tree/cache/example.com/org/link': { link: '/secret' } }],
  ])('is never outside of the cache, %s', (_, entry, links) => {
    const [problem] = cached(
      { '/secret/kustomization.yaml': 'resources: [cm.yaml]\n', '/secret/cm.yaml': configMap('a'), ...links },
      entry,
    );
    expect(problem).toMatch(/incomplete: .* is left out, since the remote cache has no /);
  });
});
